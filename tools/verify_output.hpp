#pragma once

#include <batchproof/fixtures/shard.hpp>
#include <batchproof/properties/named_report.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "terminal.hpp"

namespace batchproof::tools {

/// The result of one run of `batchproof verify`.
struct VerifyResult {
  std::uint64_t seed = 0;
  fixtures::Shard shard{};
  std::vector<properties::NamedReport> findings;
  double seconds = 0;

  /// False also when nothing was verified.
  bool passed() const;
};

/// For people: the modes, a table of law, source, cases and result over all modes, the first counterexample
/// in full, and a verdict.
std::string text_of(const VerifyResult& verification, bool colour, Reader reader = Reader::file);

/// For machines: `conformance_json` and the seconds that the run took.
std::string json_of(const VerifyResult& verification);

/// Writes conformance.json and conformance.html into the folder, unless its name is empty, and prints where
/// the page is if `says_where`. Throws what `write_conformance` throws.
void write_report(const std::string& folder, const VerifyResult& verification, bool says_where);

}  // namespace batchproof::tools
