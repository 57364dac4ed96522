#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "text_draws.hpp"

// Names that differ, and that a careless reader takes for one.

namespace batchproof::generators {

/// Two parts of names that differ in them alone.
using NearPair = std::array<std::string_view, 2>;

/// Names that differ from the first one nearly by nothing: in the last character, in case, in a space, a zero
/// byte, the normal form or a zero in front, or not at all in a sum such as CRC32, FNV-1a or those that
/// multiply by 31 and 33; or numbers that are equal once they are read.
class NearNames {
 public:
  NearNames() = default;  ///< empty: where names need not be near
  NearNames(TextDraws& text, Alphabet alphabet, std::string_view own);

  static constexpr std::size_t count = 5;

  bool empty() const noexcept { return names_[0].empty(); }

  /// `number` is below `count`.
  const std::string& name(std::size_t number) const noexcept { return names_[number]; }

 private:
  std::array<std::string, count> names_{};
};

/// Names by the hundred, of ASCII without spaces; each even one is near the next one, all in the same way.
class NearSeries {
 public:
  NearSeries() = default;
  NearSeries(TextDraws& text, std::string_view prefix);

  bool empty() const noexcept { return ends_[0].empty(); }
  std::string name(std::size_t number) const;

 private:
  std::string prefix_;
  NearPair ends_{};
};

}  // namespace batchproof::generators
