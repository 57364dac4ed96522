#pragma once

#include <algorithm>
#include <batchproof/fixtures/hostile_input.hpp>
#include <batchproof/properties/shrink.hpp>
#include <string>

namespace batchproof::properties {

/// The same, but only for batches that are hostile for no other reasons than `batch`: a batch that AWS sends
/// shrinks to one that AWS sends. Keeps a reference to `still_breaks`.
inline StillBreaks no_more_hostile(const fixtures::BatchCase& batch, const StillBreaks& still_breaks) {
  return [&still_breaks, reasons = fixtures::hostile_input(batch)](const fixtures::BatchCase& smaller) {
    const auto left = fixtures::hostile_input(smaller);
    const bool are_known = std::all_of(left.begin(), left.end(), [&](const std::string& reason) {
      return std::find(reasons.begin(), reasons.end(), reason) != reasons.end();
    });
    return are_known && still_breaks(smaller);
  };
}

}  // namespace batchproof::properties
