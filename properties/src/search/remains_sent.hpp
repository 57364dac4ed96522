#pragma once

#include <batchproof/fixtures/hostile_input.hpp>
#include <batchproof/properties/shrink.hpp>

namespace batchproof::properties {

/// The same, but only for batches that AWS sends, or that have no more reasons against that than `batch`.
/// Keeps a reference to `still_breaks`.
inline StillBreaks remains_sent(const fixtures::BatchCase& batch, const StillBreaks& still_breaks) {
  return
      [&still_breaks, reasons = fixtures::hostile_input(batch).size()](const fixtures::BatchCase& smaller) {
        return fixtures::hostile_input(smaller).size() <= reasons && still_breaks(smaller);
      };
}

}  // namespace batchproof::properties
