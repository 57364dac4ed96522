#include <algorithm>
#include <batchproof/properties/turn_order.hpp>

namespace batchproof::properties {

std::size_t Timeline::most_together() const noexcept {
  std::size_t running = 0;
  std::size_t most = 0;
  for (const HandlerStep& step : steps) {
    running = step.ends ? running - 1 : running + 1;
    most = std::max(most, running);
  }
  return most;
}

}  // namespace batchproof::properties
