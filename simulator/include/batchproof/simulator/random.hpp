#pragma once

#include <cstdint>
#include <random>

namespace batchproof::simulator {

/// Random numbers that depend only on the seed: every compiler and platform draws the same, which the
/// distributions of the standard library do not promise. One thread at a time.
class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}

  /// A number from 0 to `bound` - 1. `bound` is at least 1.
  std::uint64_t below(std::uint64_t bound) { return engine_() % bound; }

  /// True with this probability, from 0 to 1. A rate of 0 draws no number, so that switching a fault off
  /// changes nothing else in the world.
  bool chance(double rate) {
    if (rate <= 0) return false;
    constexpr double unit = 1.0 / 9007199254740992.0;  // 2^-53, the precision of a double
    return static_cast<double>(engine_() >> 11U) * unit < rate;
  }

 private:
  std::mt19937_64 engine_;
};

}  // namespace batchproof::simulator
