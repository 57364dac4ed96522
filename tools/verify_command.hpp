#pragma once

#include <batchproof/fixtures/source.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace batchproof::tools {

struct VerifyCommand {
  std::vector<std::string> sources{};  ///< by name; all when empty
  int cases = 1000;                    ///< random batches for each law and mode
  std::optional<std::uint64_t> seed{};
  std::string subject{};  ///< the library's processors and the sample handler when empty
  bool list_subjects = false;
  bool json = false;
  std::string report_folder{};  ///< where conformance.json and conformance.html are written; none when empty
  std::string program = "batchproof";  ///< as the replay command writes it
};

/// Verifies, and prints what was found. Returns the exit status: 0 when every law held, 1 when not. Throws
/// `UsageError` for a subject that is not there or is of another source, and `std::runtime_error` where the
/// report cannot be written.
int verify(const VerifyCommand& command);

}  // namespace batchproof::tools
