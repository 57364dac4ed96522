#pragma once

#include <batchproof/properties/shrink.hpp>

namespace batchproof::properties {

/// The smallest case that a step of shrinking has found when it ends, or when `is_over` returns true, which
/// is asked before each candidate. The step is left at once, however many candidates it still has. `step`
/// gets the case and a test of candidates.
template <class IsOver, class Step>
fixtures::BatchCase until_over(IsOver is_over, const fixtures::BatchCase& batch_case,
                               const StillBreaks& still_breaks, const Step& step) {
  struct Over {};
  fixtures::BatchCase smallest = batch_case;
  try {
    step(batch_case, [&](const fixtures::BatchCase& smaller) {
      if (is_over()) throw Over();
      if (!still_breaks(smaller)) return false;
      smallest = smaller;
      return true;
    });
  } catch (const Over&) {
  }
  return smallest;
}

}  // namespace batchproof::properties
