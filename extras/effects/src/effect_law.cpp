#include <array>
#include <batchproof/effects/effect_law.hpp>

namespace batchproof::effects {

std::span<const EffectLaw> effect_laws() noexcept {
  static const std::array laws{effect_once, no_effect_lost, never_stuck, result_kept, release_frees};
  return laws;
}

}  // namespace batchproof::effects
