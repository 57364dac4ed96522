#pragma once

#include <cstdint>
#include <random>

namespace batchproof::simulator {

/// Numbers that a seed decides, and nothing else: the same on every compiler and platform, which is more than
/// the distributions of the standard library promise. One thread at a time.
class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}

  /// From 0 up to and without `bound`, which is at least 1.
  std::uint64_t below(std::uint64_t bound) { return engine_() % bound; }

  /// True with this probability, from 0 to 1. A rate of 0 draws nothing, so that a fault that is off leaves
  /// the rest of the world as it is.
  bool chance(double rate) {
    if (rate <= 0) return false;
    constexpr double unit = 1.0 / 9007199254740992.0;  // 2^-53: what a double can tell apart
    return static_cast<double>(engine_() >> 11U) * unit < rate;
  }

 private:
  std::mt19937_64 engine_;
};

}  // namespace batchproof::simulator
