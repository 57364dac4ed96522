#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <utility>

namespace batchproof::properties {

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

}  // namespace batchproof::properties
