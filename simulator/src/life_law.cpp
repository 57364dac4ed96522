#include <algorithm>
#include <array>
#include <batchproof/simulator/laws/bounded_redelivery.hpp>
#include <batchproof/simulator/laws/comes_to_rest.hpp>
#include <batchproof/simulator/laws/group_order.hpp>
#include <batchproof/simulator/laws/key_order.hpp>
#include <batchproof/simulator/laws/needed_redelivery.hpp>
#include <batchproof/simulator/laws/nothing_skipped.hpp>
#include <batchproof/simulator/laws/nothing_vanishes.hpp>
#include <batchproof/simulator/laws/poison_is_isolated.hpp>
#include <batchproof/simulator/life_law.hpp>

namespace batchproof::simulator {

std::span<const LifeLaw> life_laws() noexcept {
  static const std::array laws{nothing_skipped,    nothing_vanishes,  group_order,        key_order,
                               poison_is_isolated, needed_redelivery, bounded_redelivery, comes_to_rest};
  return laws;
}

const LifeLaw* find_life_law(std::string_view id) noexcept {
  const auto laws = life_laws();
  const auto found = std::find_if(laws.begin(), laws.end(), [&](const LifeLaw& law) { return law.id == id; });
  return found == laws.end() ? nullptr : &*found;
}

bool speaks_of_loss(const LifeLaw& law) noexcept {
  return law.id == nothing_vanishes.id || law.id == nothing_skipped.id;
}

}  // namespace batchproof::simulator
