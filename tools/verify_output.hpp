#pragma once

#include <batchproof/fixtures/source.hpp>
#include <batchproof/properties/report.hpp>
#include <cstdint>
#include <string>
#include <vector>

namespace batchproof::tools {

/// What one run of `batchproof verify` found.
struct Finding {
  std::string subject;
  std::string mode;
  std::vector<fixtures::Source> sources;
  properties::Report report;
};

struct Verification {
  std::vector<fixtures::Source> sources;  ///< those that were asked for
  std::uint64_t seed = 0;
  std::vector<Finding> findings;
  double seconds = 0;

  /// False, too, when nothing was verified.
  bool passed() const;
};

/// For people: the modes, a table of law, source, cases and result over all of them, the first counterexample
/// in full, and a verdict.
std::string text_of(const Verification& verification, bool colour);

/// For machines: the same facts for each mode, as one JSON object.
std::string json_of(const Verification& verification);

/// "1,000,000".
std::string with_commas(std::int64_t number);

}  // namespace batchproof::tools
