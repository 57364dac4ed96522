#include "near_names.hpp"

#include <algorithm>

namespace batchproof::generators {
namespace {

using namespace std::string_view_literals;

/// A part of a name, and a near part that may replace it. Pairs that every service accepts come first.
constexpr std::array changes{
    NearPair{"-x-"sv, "-X-"sv},                // case
    NearPair{"-7"sv, "-8"sv},                  // at the end
    NearPair{"-7"sv, "-07"sv},                 // a leading zero
    NearPair{"-7"sv, "-7."sv},                 // one name begins with the other
    NearPair{"-7"sv, "_7"sv},                  // a separator
    NearPair{"-Aa-"sv, "-BB-"sv},              // equal in sums that multiply by 31
    NearPair{"-bA-"sv, "-ab-"sv},              // by 33
    NearPair{"-plumless-"sv, "-buckeroo-"sv},  // equal in CRC32
    NearPair{"-xy-"sv, "-yx-"sv},              // the same characters
    NearPair{""sv, ""sv},                      // another beginning
    NearPair{"-7"sv, "-7 "sv},                 // a trailing space
    NearPair{"-7"sv, "-7\0"sv},                // a zero byte
    NearPair{"-\u00e9-"sv, "-e\u0301-"sv},     // the normal form
    NearPair{"-\u00df-"sv, "-ss-"sv},          // case folding
    NearPair{"-7"sv, "-7\u200b"sv},            // an invisible character
};
constexpr std::size_t printable_changes = 10;
constexpr std::size_t other_beginning = 9;
constexpr std::string_view printable_parts = "-Aa-bA-plumless-xy-x-7";
constexpr std::string_view all_parts = "-Aa-bA-plumless-xy-\u00e9-\u00df-x-7";

/// Equal in FNV-1a, and in the lower half of 64-bit FNV-1a, even when the same text follows.
constexpr std::array beginnings{
    NearPair{"costarring"sv, "liquid"sv},
    NearPair{"declinate"sv, "macallums"sv},
    NearPair{"tenant-58129"sv, "tenant-1102854"sv},
};

/// Each one equals the next in the lower half of `std::hash` of libstdc++.
constexpr std::array<std::string_view, NearNames::count> wholes{
    "tenant-36427", "tenant-39149", "tenant-41306", "tenant-61983", "tenant-19696"};

/// Numbers with more digits than a double, 64 or 32 bits hold.
constexpr std::array<std::string_view, NearNames::count> large_numbers{
    "9007199254740992", "9007199254740993", "18446744073709551616", "18446744073709551617", "4294967296"};

/// Characters at which readers split names.
constexpr std::string_view separators = ":#@|/,;=&.";

/// Marks at which readers cut names, or which they drop; those that names often have come first.
constexpr std::string_view marks = "_-:/.+#@|?*[,;=&!$%'()<>]^`{}~";
constexpr std::size_t common_marks = 12;

/// The longest names that the services accept: of a message group, and of a partition key.
constexpr std::size_t longest_printable = 128;
constexpr std::size_t longest = 256;

constexpr std::string_view long_front = "/eu-west-1/production/customers/0000000000000000/orders/standard/";

/// Ends of the names of a series. Every service accepts both names of a pair.
constexpr std::array ends{
    NearPair{"-a"sv, "-A"sv},  NearPair{"-a"sv, "-b"sv},   NearPair{"-7"sv, "-07"sv},
    NearPair{"-a"sv, "-a."sv}, NearPair{"-Aa"sv, "-BB"sv}, NearPair{"-plumless"sv, "-buckeroo"sv},
    NearPair{"-a"sv, "_a"sv},  NearPair{"-ab"sv, "-ba"sv},
};

/// Equal before a separator, or behind it.
NearNames::Names split_names(char separator, std::string_view own) {
  const std::string front = std::string(own) + separator;
  return {front + '1', front + '2', 'b' + front + '1', std::string(own), front + separator + '1'};
}

/// Names that are equal before a mark, of several marks, or where the mark is dropped.
NearNames::Names marked_names(Draws& draws, const std::string& own) {
  const std::size_t among = draws.one_in(4) ? marks.size() : common_marks;
  const std::size_t first = draws.below(among);
  NearNames::Names names{draws.one_in(2) ? own : own + '1'};
  for (std::size_t number = 1; number < names.size(); ++number)
    names[number] = own + marks[(first + number) % among] + '1';
  return names;
}

/// Each differs from the first in one character, at the beginning, far behind, or at the end.
NearNames::Names longest_names(std::size_t size) {
  NearNames::Names names;
  names.fill(std::string(size, 'n'));
  names[1].back() = 'o';
  names[2][size - 28] = 'o';
  names[3].front() = 'o';
  names[4][size - 2] = 'o';
  return names;
}

/// The first, and others that some reader takes for it: one that decodes, escapes, cleans or compares a name
/// as though it were a path, a pattern, a part of a URL or a text in quotes. Two are equal up to a quote.
NearNames::Names names_written_otherwise(Draws& draws, const std::string& own) {
  const std::array others{own + "/x\"", own + "/x\"1", own + "%2Fx", own + "//x",
                          own + "-x",   own + "/.",    own + "\\/x", own + "/*"};
  NearNames::Names names;
  names[0] = own + "/x";
  const std::size_t first = draws.below(others.size());
  for (std::size_t number = 1; number < names.size(); ++number)
    names[number] = others[(first + number) % others.size()];
  return names;
}

}  // namespace

NearNames::NearNames(TextDraws& text, Alphabet alphabet, std::string_view own) {
  Draws& draws = text.draws;
  const bool printable = alphabet == Alphabet::printable;
  const std::size_t kind = draws.below(21);
  if (kind == 0) {
    std::copy(wholes.begin(), wholes.end(), names_.begin());
  } else if (kind == 1) {
    std::copy(large_numbers.begin(), large_numbers.end(), names_.begin());
  } else if (kind < 5) {
    const std::string number = std::to_string(draws.between(1, 99));
    names_ = {number, '0' + number, number + ".0", "00" + number, '+' + number};
  } else if (kind == 5) {
    names_ = split_names(draws.element(separators), own);
  } else if (kind == 6) {
    names_ = longest_names(printable ? longest_printable : longest);
  } else if (kind < 9) {
    names_ = names_written_otherwise(draws, std::string(own));
  } else if (kind < 11) {
    names_ = marked_names(draws, std::string(own));
  } else {
    const NearPair beginning = draws.element(beginnings);
    std::string behind(draws.one_in(2) ? long_front : "/"sv);
    (behind += own) += printable ? printable_parts : all_parts;
    names_[0] = std::string(beginning[0]) += behind;
    const std::size_t choices = printable ? printable_changes : changes.size();
    std::size_t first = draws.below(choices);
    const std::size_t step = draws.one_in(2) ? 1 : choices - 3;  // four different ones either way
    // No other change gives names with equal FNV-1a, and a batch seldom has a failure in the one of these two
    // groups and a message behind it in the other.
    if (printable && draws.one_in(8)) first = other_beginning + choices - step;
    for (std::size_t number = 1; number < count; ++number) {
      const NearPair change = changes[(first + number * step) % choices];
      names_[number] = names_[0];
      if (change[0].empty()) {
        names_[number].replace(0, beginning[0].size(), beginning[1]);
      } else {
        names_[number].replace(names_[0].rfind(change[0]), change[0].size(), change[1]);
      }
    }
  }
}

NearSeries::NearSeries(TextDraws& text, std::string_view prefix)
    : prefix_(text.draws.one_in(2) ? long_front : ""sv), first_(text.draws.below(ends.size())) {
  prefix_ += prefix;
}

std::string NearSeries::name(std::size_t number) const {
  std::string name = prefix_;
  name += std::to_string(number / 2);
  return name += ends[(*first_ + number / 2) % ends.size()][number % 2];
}

}  // namespace batchproof::generators
