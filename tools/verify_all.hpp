#pragma once

#include <batchproof/fixtures/shard.hpp>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "verify_output.hpp"
#include "verify_subjects.hpp"

namespace batchproof::tools {

struct VerifyAllSettings {
  int cases = 1000;  ///< random batches for each law and mode
  std::uint64_t seed = 0;
  std::optional<std::size_t> largest_batch{};
  fixtures::Shard shard{};
  std::optional<std::size_t> jobs{};   ///< processes; as many as there are cores when empty
  std::vector<std::string> command{};  ///< verifies when options follow, to repeat what violates a law
};

/// The line above the results.
std::string heading_of(const VerifyAllSettings& settings);

/// Judges each run of each subject, in copies of this process, with a line of progress. The process must have
/// one thread. Throws as `texts_of_processes`.
VerifyResult verify_all(const std::vector<VerifySubject>& subjects, const VerifyAllSettings& settings);

}  // namespace batchproof::tools
