// nlohmann's conversions to numbers are casts: 2.9 becomes 2, -1 becomes 4294967295, true becomes 1, without
// an error. They cannot be replaced, since they are functions of nlohmann's and of its users. So this file
// compares the result with the payload: where it holds what a cast would make of a number, and not the number
// itself in the same place, it replaces the number by another one. If the result changes as a cast of it
// does, and drops what a cast drops, it holds a changed number. Many are replaced at once, since each trial
// converts the whole payload; only a group that shows something is halved.

#include <algorithm>
#include <array>
#include <batchproof/json/conversion_check.hpp>
#include <cmath>
#include <cstddef>
#include <iterator>
#include <limits>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <unordered_set>
#include <vector>

#include "payload_tree.hpp"
#include "result_values.hpp"
#include "trials.hpp"
#include "unknown_names.hpp"

namespace batchproof::inline v0_1::detail {

namespace {

using Json = nlohmann::json;

/// The check of one payload. The tree is changed temporarily; at the end it is as before, except that binary
/// values have the form that the type reads: bytes, an array of numbers, or a string.
class ConversionCheck {
 public:
  /// Throws `PayloadError` when the tree is nested too deep.
  ConversionCheck(Json& tree, const PayloadPath& place, TrialConversion& conversion);

  /// Whether there is a number like 2.0, which may have had more digits than a double holds.
  bool has_whole_fraction() const;

  /// Throws `PayloadError` when the result holds a changed value. `rounded`: the numbers like 2.0 that may
  /// have been rounded, sorted.
  void run(std::span<const double> rounded);

 private:
  struct Fraction {
    Json* node;
    Json original;
    bool trusted_whole;
  };

  void restore_fractions();
  /// Behind the number. Of equal numbers nobody knows which one was rounded.
  std::string why_no_integer(const Json& fraction) const;
  void choose_binary_forms();
  template <class Chosen>
  void check_fractions(Chosen&& chosen);
  bool some_is_read_as_integer(std::span<const Fraction* const> fractions, double trial,
                               const ResultValues& before);
  void check_closely(const Json& result);
  void check_overflow(const Json& result);
  void check_numbers(const Json& result);
  std::vector<Json*> possibly_cast(const Json& result);
  bool some_is_cast(std::span<Json* const> nodes, const Json& result);
  bool is_held(Json* node, long double cast, unsigned steps, const ResultValues& before,
               const ResultValues& after);
  bool drops_bits(Json* node, std::size_t bits, const Json& result);

  Trials trials_;
  TrialConversion& conversion_;
  std::vector<Fraction> fractions_;
  std::vector<Json*> numbers_;  // integers and booleans
  std::vector<Leaf> binaries_;
};

ConversionCheck::ConversionCheck(Json& tree, const PayloadPath& place, TrialConversion& conversion)
    : trials_(tree, place, conversion), conversion_(conversion) {
  for_each_leaf(tree, place, [&](Json* node, Json* parent) {
    if (node->is_number_float()) {
      fractions_.push_back({node, *node, false});
    } else if (node->is_boolean() || (node->is_number() && !fits_every_type(*node))) {
      numbers_.push_back(node);
    } else if (node->is_binary()) {
      binaries_.push_back({node, parent});
    }
  });
}

bool ConversionCheck::has_whole_fraction() const {
  return std::any_of(fractions_.begin(), fractions_.end(),
                     [](const Fraction& fraction) { return whole_number(fraction.original).has_value(); });
}

void ConversionCheck::run(std::span<const double> rounded) {
  choose_binary_forms();
  const auto is_rounded = [&](double whole) {
    return std::binary_search(rounded.begin(), rounded.end(), whole);
  };
  for (Fraction& fraction : fractions_)
    fraction.trusted_whole = whole_number(fraction.original) && !is_rounded(fraction.original.get<double>());
  // The cast of a number that does not fit is undefined, so a number is converted only when it is known not
  // to be cast.
  check_fractions([](const Fraction& fraction) { return !fits_every_type(fraction.original); });
  for (const Fraction& fraction : fractions_) {
    if (!fraction.trusted_whole) continue;
    *fraction.node = *whole_number(fraction.original);
    if (!fits_every_type(*fraction.node)) numbers_.push_back(fraction.node);
  }
  auto result = trials_.convert();
  if (!result) {  // the type may tell 2.0 from 2
    restore_fractions();
    result = trials_.convert();
  }
  if (result) {
    if (fractions_.empty()) conversion_.keep();
    if (!rounded.empty() || !is_part_of(*result, trials_.tree())) check_closely(*result);
  }
  restore_fractions();
}

void ConversionCheck::restore_fractions() {
  for (const Fraction& fraction : fractions_) *fraction.node = fraction.original;
}

void ConversionCheck::check_closely(const Json& result) {
  check_fractions([](const Fraction& fraction) { return fits_every_type(fraction.original); });
  check_overflow(result);
  check_numbers(result);
  check_names(trials_, result);
}

std::string ConversionCheck::why_no_integer(const Json& fraction) const {
  const auto number = fraction.get<double>();
  if (std::trunc(number) != number) return " is not a whole number";
  if (!whole_number(fraction)) return " is out of the type's range";
  const auto equal = std::count_if(fractions_.begin(), fractions_.end(),
                                   [&](const Fraction& other) { return other.original == fraction; });
  return std::string(equal > 1 ? ", or an equal number," : "") +
         " was rounded: the number of the payload has more digits than a double holds";
}

/// Fails when the type reads one of the chosen numbers as an integer. Meanwhile numbers that every type holds
/// replace them.
template <class Chosen>
void ConversionCheck::check_fractions(Chosen&& chosen) {
  std::vector<const Fraction*> doubtful;
  for (const Fraction& fraction : fractions_) {
    if (!fraction.trusted_whole && chosen(fraction)) doubtful.push_back(&fraction);
  }
  if (doubtful.empty()) return;
  for (const double trial : {1.0, 0.0}) {  // 0: by the whole part of each
    for (const Fraction* const fraction : doubtful) *fraction->node = replacement(fraction->original, trial);
    const auto before = trials_.convert();
    if (!before) continue;
    const ResultValues values(*before);
    trials_.search<const Fraction*>(
        doubtful, [&](auto some) { return some_is_read_as_integer(some, trial, values); },
        [&](const Fraction* fraction) {
          trials_.fail(fraction->node, fraction->original.dump() + why_no_integer(fraction->original));
        });
    break;
  }
  for (const Fraction* const fraction : doubtful) *fraction->node = fraction->original;
}

/// To be called when the replacements of this trial stand in the place of all doubtful fractions. Also true
/// for several fractions whose conversion fails.
bool ConversionCheck::some_is_read_as_integer(std::span<const Fraction* const> fractions, double trial,
                                              const ResultValues& before) {
  for (const double step : {1.0, -1.0}) {
    for (const Fraction* const fraction : fractions)
      *fraction->node = replacement(fraction->original, trial).get<double>() + step;
    const auto result = trials_.convert();
    bool shows = false;
    if (result) {
      const ResultValues after(*result);
      shows = std::any_of(fractions.begin(), fractions.end(), [&](const Fraction* fraction) {
        const double other = fraction->node->get<double>();
        return after.count_integers(other) > before.count_integers(other);
      });
    }
    if (shows && fractions.size() == 1 && trials_.convert() == result) {
      // A calculation may make an integer of it; a cast drops the fraction, whatever it is.
      const double other = fractions.front()->node->get<double>();
      for (const double part : {0.25, 0.75}) {
        *fractions.front()->node = other + std::copysign(part, other);
        shows = shows && trials_.convert() == result;
      }
    }
    for (const Fraction* const fraction : fractions) *fraction->node = replacement(fraction->original, trial);
    if (result) return shows;
  }
  return fractions.size() > 1;
}

/// A double that a float cannot hold becomes infinite, which no payload can contain.
void ConversionCheck::check_overflow(const Json& result) {
  const auto infinite = ResultValues(result).count_infinite();
  if (infinite == 0) return;
  std::vector<Json*> large;
  for (const Fraction& fraction : fractions_) {
    if (std::abs(fraction.original.get<double>()) > std::numeric_limits<float>::max())
      large.push_back(fraction.node);
  }
  trials_.search<Json*>(
      large,
      [&](auto some) {
        const auto other = trials_.convert_with(some, [](const Json&) { return 1.0; });
        return !other || ResultValues(*other).count_infinite() < infinite;
      },
      [&](Json* node) { trials_.fail(node, node->dump() + " is out of the type's range"); });
}

/// Calls `take(node, value)` for each number and boolean of the payload that the result has in the same
/// place.
template <class Take>
void for_each_in_its_place(const Json& payload, const Json& result, const Take& take) {
  if (payload.is_object() && result.is_object()) {
    for (auto member = payload.begin(); member != payload.end(); ++member) {
      const auto found = result.find(member.key());
      if (found != result.end()) for_each_in_its_place(*member, *found, take);
    }
  } else if (payload.is_array() && result.is_array() && payload.size() == result.size()) {
    for (std::size_t index = 0; index < payload.size(); ++index)
      for_each_in_its_place(payload[index], result[index], take);
  } else if ((payload.is_number() || payload.is_boolean()) && is_value_of(result, payload)) {
    take(payload, result);
  }
}

/// Of the numbers and booleans that the result does not have in the same place, those of which it holds a
/// cast.
std::vector<Json*> ConversionCheck::possibly_cast(const Json& result) {
  ResultValues others(result);
  std::unordered_set<const Json*> in_place;
  for_each_in_its_place(trials_.tree(), result, [&](const Json& node, const Json& value) {
    in_place.insert(&node);
    others.remove(value);
  });
  std::vector<Json*> candidates;
  std::array<std::size_t, 2> booleans{};
  for (Json* const node : numbers_) {
    if (in_place.count(node) > 0) continue;
    candidates.push_back(node);
    if (node->is_boolean()) ++booleans[node->get<bool>() ? 1 : 0];
  }
  const auto is_lacking = [&](bool value) { return others.count_booleans(value) < booleans[value ? 1 : 0]; };
  const auto is_unlikely = [&](const Json* node) {
    return (node->is_boolean() && !is_lacking(node->get<bool>())) ||
           !some_cast(*node, *node,
                      [&](long double cast, auto...) { return others.count_numbers(cast) > 0; });
  };
  candidates.erase(std::remove_if(candidates.begin(), candidates.end(), is_unlikely), candidates.end());
  return candidates;
}

void ConversionCheck::check_numbers(const Json& result) {
  const std::vector<Json*> doubtful = possibly_cast(result);
  // Apart, so that no two of a group take each other's place when they are replaced.
  for (const bool upwards : {true, false}) {
    std::vector<Json*> group;
    std::copy_if(doubtful.begin(), doubtful.end(), std::back_inserter(group), [=](const Json* node) {
      return (number_of(further(*node, 1)) > number_of(*node)) == upwards;
    });
    trials_.search<Json*>(
        group, [&](auto some) { return some_is_cast(some, result); },
        [&](Json* node) {
          trials_.fail(node, node->dump() + (node->is_boolean() ? " is a boolean where a number is expected"
                                                                : " is out of the type's range"));
        });
  }
}

/// Whether the result holds the number that a cast would make of one of these, since it follows when each is
/// replaced by a number near it. Also true for several whose conversion fails.
bool ConversionCheck::some_is_cast(std::span<Json* const> nodes, const Json& result) {
  const ResultValues before(result);
  bool is_converted = false;
  for (const unsigned steps : {1U, 7U}) {
    const auto near = [=](const Json& number) { return further(number, steps); };
    const auto converted = trials_.convert_with(nodes, near);
    if (!converted) continue;
    is_converted = true;
    const ResultValues after(*converted);
    const bool shows = std::any_of(nodes.begin(), nodes.end(), [&](Json* node) {
      return some_cast(*node, near(*node), [&](long double cast, long double moved, std::size_t bits) {
        if (before.count_numbers(cast) == 0 || after.count_numbers(moved) <= before.count_numbers(moved))
          return false;
        return nodes.size() > 1 ||
               (!is_held(node, cast, steps, before, after) && drops_bits(node, bits, result));
      });
    });
    if (shows) return true;
  }
  return !is_converted && nodes.size() > 1;
}

/// Whether the result holds the number itself, and `cast` for another reason: when the number moves, it goes
/// and `cast` stays. A set keeps both when an equal number stays, so then all equal numbers move.
bool ConversionCheck::is_held(Json* node, long double cast, unsigned steps, const ResultValues& before,
                              const ResultValues& after) {
  const auto loses = [&](const ResultValues& values, long double number) {
    return values.count_numbers(number) < before.count_numbers(number);
  };
  const long double number = number_of(*node);
  if (loses(after, cast)) return false;
  if (loses(after, number)) return true;
  std::vector<Json*> equal;
  std::copy_if(numbers_.begin(), numbers_.end(), std::back_inserter(equal),
               [&](const Json* other) { return !other->is_boolean() && number_of(*other) == number; });
  const auto converted =
      trials_.convert_with(equal, [=](const Json& other) { return further(other, steps); });
  if (!converted) return false;
  const ResultValues without(*converted);
  return loses(without, number) && !loses(without, cast);
}

/// Whether the number was cast to a type of so many bits, and not calculated with: a cast makes the same of a
/// number that differs in a higher bit alone, and of a boolean the same as of its integer. It counts as cast
/// where that cannot be tried: without a higher bit, and where no conversion gives the same twice, since it
/// reads a clock or the result holds NaN.
bool ConversionCheck::drops_bits(Json* node, std::size_t bits, const Json& result) {
  constexpr std::size_t bits_of_all = 64;
  if (bits == bits_of_all || trials_.convert() != result) return true;
  Json same = node->is_boolean() ? Json(node->get<bool>() ? 1 : 0) : with_bit_behind(*node, bits);
  return trials_.convert_with({&node, 1}, [&](const Json&) { return same; }) == result;
}

/// The type may read binary values as nlohmann's, as vectors of bytes, or as strings; and so the elements of
/// a set.
void ConversionCheck::choose_binary_forms() {
  if (binaries_.empty() || trials_.convert()) return;
  std::vector<std::vector<Json*>> groups;
  const Json* set = nullptr;
  for (const Leaf& leaf : binaries_) {
    const bool in_set = leaf.parent != nullptr && leaf.parent->is_array();
    if (!in_set || leaf.parent != set) groups.emplace_back();
    groups.back().push_back(leaf.node);
    set = in_set ? leaf.parent : nullptr;
  }
  constexpr std::size_t most_groups = 6;
  constexpr std::size_t forms = 3;
  std::size_t combinations = forms;
  if (groups.size() <= most_groups) {
    for (std::size_t group = 1; group < groups.size(); ++group) combinations *= forms;
  }
  std::vector<Json> originals;
  for (const Leaf& leaf : binaries_) originals.push_back(*leaf.node);
  for (std::size_t combination = 1; combination < combinations; ++combination) {
    std::size_t rest = combination;
    std::size_t next = 0;
    for (const auto& group : groups) {
      const std::size_t form = groups.size() <= most_groups ? rest % forms : combination;
      for (Json* const node : group) *node = in_binary_form(originals[next++], form);
      rest /= forms;
    }
    if (trials_.convert()) return;
  }
  for (std::size_t index = 0; index < binaries_.size(); ++index) *binaries_[index].node = originals[index];
}

}  // namespace

void check_conversion(std::string_view payload, nlohmann::json& tree,
                      CallbackRef<std::vector<double>&> rounded_wholes, TrialConversion& conversion) {
  const PayloadPath place{payload};
  ConversionCheck check(tree, place, conversion);
  std::vector<double> rounded;
  if (check.has_whole_fraction()) rounded_wholes(rounded);
  std::sort(rounded.begin(), rounded.end());
  check.run(rounded);
}

void check_depth(std::string_view payload, const nlohmann::json& tree) {
  for_each_leaf(tree, PayloadPath{payload}, [](const auto*, const auto*) {});
}

}  // namespace batchproof::inline v0_1::detail
