#pragma once

// Makes the payloads of a counterexample simpler.

#include <batchproof/fixtures/batch_case.hpp>
#include <batchproof/properties/payloads.hpp>
#include <batchproof/properties/shrink.hpp>
#include <cstdint>
#include <string>
#include <vector>

namespace batchproof::properties {

/// The payloads that may replace a record's own.
struct PayloadChoices {
  bool any = false;                         ///< any payload: the verdict does not depend on it
  bool unknown_verdicts_may_change = true;  ///< with the payload, since only the run shows them
  std::vector<std::string> accepted{};      ///< simplest first
  std::vector<std::string> rejected{};
  Classify classify{};  ///< may be empty
};

/// The given payloads, and some draws of each function.
PayloadChoices choices_of(const Payloads& payloads, std::uint64_t seed);

/// Makes payloads simpler: replaces near misses by payloads whose verdict is known, and payloads by others
/// with the same verdict, and reduces the near misses that are left and, with `classify`, all payloads.
fixtures::BatchCase shrink_payloads(fixtures::BatchCase batch, const PayloadChoices& choices,
                                    const StillBreaks& still_breaks);

}  // namespace batchproof::properties
