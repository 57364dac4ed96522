#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "text_draws.hpp"

// Names that differ, and that a careless reader takes for one.

namespace batchproof::generators {

/// Two ends of one name: the names differ in them alone.
using NearPair = std::array<std::string_view, 2>;

/// The difference between the names of some pairs: late, only in case, a space, a zero byte, the normal form, a
/// zero in front, or not at all in a sum such as CRC32, FNV-1a or the sums that multiply by 31 and 33.
class NearNames {
 public:
  /// Draws how the pairs differ. Empty where names need not be near.
  NearNames() = default;
  NearNames(TextDraws& text, Alphabet alphabet, std::string_view own);

  /// How many names differ from another one nearly by nothing.
  static constexpr std::size_t count = 4;

  bool empty() const noexcept { return names_[0].empty(); }

  /// `number` is below `count`. Names 0 and 1 are near each other, as are 2 and 3.
  const std::string& name(std::size_t number) const noexcept { return names_[number]; }

 private:
  void set_pairs(std::string_view front, std::array<NearPair, 2> pairs, std::string_view back);

  std::array<std::string, count> names_{};
};

/// Names by the hundred, of which each even one is near the next one in the same way.
class NearSeries {
 public:
  NearSeries() = default;
  NearSeries(TextDraws& text, Alphabet alphabet, std::string_view prefix);

  bool empty() const noexcept { return ends_[0].empty(); }
  std::string name(std::size_t number) const;

 private:
  std::string prefix_;
  NearPair ends_{};
};

}  // namespace batchproof::generators
