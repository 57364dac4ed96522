#pragma once

// Names that differ, but that a careless reader treats as equal:
//
//     const NearNames near(text, Alphabet::unicode, prefix);
//     if (group < NearNames::count) return near.name(group);

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "text_draws.hpp"

namespace batchproof::generators {

/// Two parts; names that contain one or the other differ in nothing else.
using NearPair = std::array<std::string_view, 2>;

/// Names that nearly equal the first one: they differ in the last character, in case, in a space, a zero
/// byte, the normal form or a leading zero; or they have the same CRC32, FNV-1a or sum that multiplies by 31
/// or 33; or they are numbers that are equal once they are read; or they are equal before or behind a
/// separator, such as a colon, or without it; or they are one name as part of a path, a pattern, a URL or a
/// text in quotes; or they are as long as a service accepts, and differ in one character.
class NearNames {
 public:
  NearNames() = default;  ///< empty, when no near names are needed
  NearNames(TextDraws& text, Alphabet alphabet, std::string_view own);

  static constexpr std::size_t count = 5;
  using Names = std::array<std::string, count>;

  bool empty() const noexcept { return names_[0].empty(); }

  /// `number` must be below `count`.
  const std::string& name(std::size_t number) const noexcept { return names_[number]; }

 private:
  Names names_{};
};

/// Hundreds of names in ASCII without spaces; each even one is near the next one, each in another way than
/// the pair before.
class NearSeries {
 public:
  NearSeries() = default;
  NearSeries(TextDraws& text, std::string_view prefix);

  bool empty() const noexcept { return !first_; }

  /// The series must not be empty.
  std::string name(std::size_t number) const;

 private:
  std::string prefix_;
  std::optional<std::size_t> first_{};  ///< the way of the first pair
};

}  // namespace batchproof::generators
