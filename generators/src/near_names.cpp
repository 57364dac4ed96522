#include "near_names.hpp"

#include <algorithm>

namespace batchproof::generators {
namespace {

using namespace std::string_view_literals;

/// Those that any service takes in a name come first.
constexpr std::array ends{
    NearPair{"-a"sv, "-A"sv},                  // case
    NearPair{"-a"sv, "-b"sv},                  // late
    NearPair{"-7"sv, "-07"sv},                 // a zero in front
    NearPair{"-a"sv, "-a."sv},                 // one is how the other begins
    NearPair{"-a"sv, "_a"sv},                  // a separator
    NearPair{"-Aa"sv, "-BB"sv},                // equal in sums that multiply by 31
    NearPair{"-plumless"sv, "-buckeroo"sv},    // equal in CRC32
    NearPair{"-ab"sv, "-ba"sv},                // the same characters
    NearPair{"-a"sv, "-a "sv},                 // a space behind
    NearPair{"-a\0b"sv, "-a\0c"sv},            // a zero byte
    NearPair{"-\u00e9"sv, "-e\u0301"sv},       // the normal form
    NearPair{"-\u00df"sv, "-ss"sv},            // case folding
    NearPair{"-a"sv, "-a\u200b"sv},            // a character that is not seen
};
constexpr std::size_t printable_ends = 8;

/// Equal in FNV-1a, in a sum that multiplies by 33, and in the lower half of 64-bit FNV-1a; still so with the
/// same text behind them.
constexpr std::array beginnings{
    NearPair{"costarring"sv, "liquid"sv},
    NearPair{"declinate"sv, "macallums"sv},
    NearPair{"hetairas"sv, "mentioner"sv},
    NearPair{"tenant-58129"sv, "tenant-1102854"sv},
};

/// Equal in the lower half of `std::hash` of libstdc++.
constexpr std::array wholes{
    NearPair{"tenant-36427"sv, "tenant-39149"sv},
    NearPair{"tenant-41306"sv, "tenant-61983"sv},
    NearPair{"tenant-19696"sv, "tenant-65587"sv},
    NearPair{"tenant-97851"sv, "tenant-98091"sv},
};

/// More digits than a double or 64 bits hold.
constexpr std::array large_numbers{"9007199254740992"sv, "9007199254740993"sv, "18446744073709551616"sv,
                                   "18446744073709551617"sv};

constexpr std::string_view long_prefix =
    "tenants/eu-west-1/production/customers/0000000000000000/orders/2026/standard/";

NearPair draw_ends(Draws& draws, Alphabet alphabet) {
  return ends[draws.below(alphabet == Alphabet::printable ? printable_ends : ends.size())];
}

/// Two different ones.
template <class Pairs>
std::array<NearPair, 2> draw_two(Draws& draws, const Pairs& pairs) {
  const std::size_t first = draws.below(pairs.size());
  return {pairs[first], pairs[(first + draws.between(1, pairs.size() - 1)) % pairs.size()]};
}

}  // namespace

NearNames::NearNames(TextDraws& text, Alphabet alphabet, std::string_view own) {
  Draws& draws = text.draws;
  switch (draws.below(8)) {
    case 0:
      set_pairs("", draw_two(draws, beginnings), own);
      break;
    case 1:
      if (draws.one_in(3)) {
        set_pairs("", draw_two(draws, wholes), "");
      } else {
        const std::string number = std::to_string(draws.between(1, 99));
        names_ = {number, '0' + number, number + ".0", "00" + number};
      }
      break;
    case 2:
      std::copy(large_numbers.begin(), large_numbers.end(), names_.begin());
      break;
    default: {
      std::string front(draws.one_in(2) ? long_prefix : ""sv);
      front += own;
      const NearPair first = draw_ends(draws, alphabet);
      set_pairs(front, {first, draw_ends(draws, alphabet)}, "");
      for (const std::size_t number : {2U, 3U}) names_[number].insert(front.size(), "-2");
      break;
    }
  }
}

void NearNames::set_pairs(std::string_view front, std::array<NearPair, 2> pairs, std::string_view back) {
  for (std::size_t number = 0; number < count; ++number)
    ((names_[number] = front) += pairs[number / 2][number % 2]) += back;
}

NearSeries::NearSeries(TextDraws& text, Alphabet alphabet, std::string_view prefix)
    : prefix_(text.draws.one_in(2) ? long_prefix : ""sv), ends_(draw_ends(text.draws, alphabet)) {
  prefix_ += prefix;
}

std::string NearSeries::name(std::size_t number) const {
  std::string name = prefix_;
  name += std::to_string(number / 2);
  return name += ends_[number % 2];
}

}  // namespace batchproof::generators
