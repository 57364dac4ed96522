#pragma once

// The parts that the steps of shrinking share.

#include <algorithm>
#include <batchproof/fixtures/hostile_input.hpp>
#include <batchproof/properties/shrink.hpp>
#include <cstddef>
#include <functional>
#include <string>
#include <utility>

namespace batchproof::properties {

/// Replaces a part of a case if the violation remains without it. Returns true when it did.
template <class Part, class IsViolated>
bool replaces(Part& part, Part other, const IsViolated& is_violated) {
  std::swap(part, other);
  if (is_violated()) return true;
  std::swap(part, other);
  return false;
}

/// Delta debugging: leaves out chunks of half the size, a quarter, ... one element, as long as the violation
/// remains. `Whole` is a text or a vector.
template <class Whole>
Whole leave_out_chunks(Whole whole, const std::function<bool(const Whole&)>& still_breaks) {
  std::size_t chunk = std::max<std::size_t>(whole.size(), 1);
  while (true) {
    bool smaller = false;
    for (std::size_t begin = 0; begin < whole.size();) {
      Whole candidate = whole;
      const auto first = candidate.begin() + static_cast<std::ptrdiff_t>(begin);
      const std::size_t count = std::min(chunk, whole.size() - begin);
      candidate.erase(first, first + static_cast<std::ptrdiff_t>(count));
      if (still_breaks(candidate)) {
        whole = std::move(candidate);
        smaller = true;
      } else {
        begin += chunk;
      }
    }
    if (chunk == 1 && !smaller) return whole;
    chunk = chunk == 1 ? 1 : chunk / 2;
  }
}

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

/// The same test, but only for batches that are hostile for no other reasons than `batch`: a batch that AWS
/// sends shrinks to one that AWS sends. Keeps a reference to `still_breaks`.
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
