#include <array>
#include <batchproof/simulator/laws.hpp>

namespace batchproof::simulator {

std::span<const EndToEndLaw> end_to_end_laws() noexcept {
  static const std::array laws{nothing_skipped,    nothing_vanishes,   group_order,
                               key_order,          poison_is_isolated, needed_redelivery,
                               bounded_redelivery, comes_to_rest,      counted_once};
  return laws;
}

}  // namespace batchproof::simulator
