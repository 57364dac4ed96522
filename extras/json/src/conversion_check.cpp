// nlohmann's conversions to numbers are casts: 2.9 becomes 2, -1 becomes 4294967295, true becomes 1, without
// an error. They cannot be replaced, since they are functions of nlohmann's and of its users. So this file
// compares the result with the payload: it replaces a number that the result does not hold by another one; if
// the result changes with it, the result holds a changed number. Many are replaced at once, since each trial
// converts the whole payload; only a group that shows something is halved.

#include <algorithm>
#include <batchproof/json/conversion_check.hpp>
#include <batchproof/json/payload_error.hpp>
#include <cmath>
#include <iterator>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "payload_tree.hpp"
#include "result_values.hpp"

namespace batchproof::inline v0_1::detail {

namespace {

/// The check of one payload. The tree is changed temporarily; at the end it is as before, except that binary
/// values have the form that the type reads: bytes, an array of numbers, or a string.
class ConversionCheck {
 public:
  using Json = nlohmann::json;

  /// Throws `PayloadError` when the tree is nested too deep.
  ConversionCheck(Json& tree, const PayloadPath& place, TrialConversion& conversion);

  /// Whether there is a number like 2.0, which may have had more digits than a double holds.
  bool has_whole_fraction() const;

  /// Throws `PayloadError` when the result holds a changed value. `rounded`: numbers like 2.0 may have been
  /// rounded.
  void run(bool rounded);

 private:
  struct Fraction {
    Json* node;
    Json original;
    bool trusted_whole;
  };

  [[noreturn]] void fail(const Json* node, const std::string& reason) const {
    throw PayloadError(place_.name, pointer_to(tree_, node), reason);
  }

  std::optional<Json> convert() {
    ++conversions_;
    Json result;
    if (!conversion_.convert(result)) return std::nullopt;
    return result;
  }

  /// With the replacement of each node in its place.
  template <class Replacement>
  std::optional<Json> convert_with(std::span<Json* const> nodes, const Replacement& replacement) {
    std::vector<Json> originals;
    originals.reserve(nodes.size());
    for (Json* const node : nodes) originals.push_back(std::exchange(*node, replacement(*node)));
    auto result = convert();
    for (std::size_t index = 0; index < nodes.size(); ++index) *nodes[index] = std::move(originals[index]);
    return result;
  }

  void restore_fractions();
  void choose_binary_forms();
  template <class Chosen>
  void check_fractions(Chosen&& chosen);
  bool some_is_read_as_integer(std::span<const Fraction* const> fractions, double trial,
                               const ResultValues& before);
  void check_closely(const Json& result);
  void check_overflow(const Json& result);
  void check_numbers(const Json& result);
  bool some_is_cast(std::span<Json* const> nodes, const ResultValues& values);
  void check_texts(const Json& result);
  std::optional<std::string> text_that_stays(const Texts& of_result, std::span<Json* const> missing);
  bool is_read(std::span<Json* const> nodes, const Json& result);
  bool is_unknown_name(Json* node, const Json& result, const std::optional<std::string>& known);

  template <class Item, class Shows, class Judge>
  void search(std::span<const Item> items, const Shows& shows, const Judge& judge) {
    search_until(conversions_ + std::max(fewest_trials, leaves_of_all_trials / leaves_), items, shows, judge);
  }
  template <class Item, class Shows, class Judge>
  void search_until(std::size_t last, std::span<const Item> items, const Shows& shows, const Judge& judge);

  static constexpr std::size_t fewest_trials = 64;
  static constexpr std::size_t leaves_of_all_trials = 1'000'000;

  Json& tree_;
  const PayloadPath& place_;
  TrialConversion& conversion_;
  std::vector<Fraction> fractions_;
  std::vector<Json*> numbers_;  // integers and booleans
  std::vector<Json*> texts_;
  std::vector<Leaf> binaries_;
  std::size_t leaves_ = 0;
  std::size_t conversions_ = 0;
};

ConversionCheck::ConversionCheck(Json& tree, const PayloadPath& place, TrialConversion& conversion)
    : tree_(tree), place_(place), conversion_(conversion) {
  for_each_leaf(tree, place, [&](Json* node, Json* parent) {
    ++leaves_;
    if (node->is_number_float()) {
      fractions_.push_back({node, *node, false});
    } else if (node->is_boolean() || (node->is_number() && !fits_every_type(*node))) {
      numbers_.push_back(node);
    } else if (node->is_string()) {
      texts_.push_back(node);
    } else if (node->is_binary()) {
      binaries_.push_back({node, parent});
    }
  });
}

bool ConversionCheck::has_whole_fraction() const {
  return std::any_of(fractions_.begin(), fractions_.end(),
                     [](const Fraction& fraction) { return whole_number(fraction.original).has_value(); });
}

void ConversionCheck::run(bool rounded) {
  choose_binary_forms();
  for (Fraction& fraction : fractions_) fraction.trusted_whole = !rounded && whole_number(fraction.original);
  // The cast of a number that does not fit is undefined, so a number is converted only when it is known not
  // to be cast.
  check_fractions([](const Fraction& fraction) { return !fits_every_type(fraction.original); });
  for (const Fraction& fraction : fractions_) {
    if (!fraction.trusted_whole) continue;
    *fraction.node = *whole_number(fraction.original);
    if (!fits_every_type(*fraction.node)) numbers_.push_back(fraction.node);
  }
  auto result = convert();
  if (!result) {  // the type may tell 2.0 from 2
    restore_fractions();
    result = convert();
  }
  if (result) {
    if (fractions_.empty()) conversion_.keep();
    if (rounded || !is_part_of(*result, tree_)) check_closely(*result);
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
  check_texts(result);
}

/// Texts that are no enumerator's names: one that a parser of numbers may read like the original, and one
/// with nothing of it.
std::string longer(const nlohmann::json& text) { return text.get_ref<const std::string&>() + "\x01 another"; }
std::string another(const nlohmann::json&) { return "\x01 another"; }

const char* why_no_integer(double number) {
  if (std::trunc(number) != number) return " is not a whole number";
  return std::abs(number) < 0x1p63 ? " was not a whole number before it was rounded"
                                   : " is out of the type's range";
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
    const auto before = convert();
    if (!before) continue;
    const ResultValues values(*before);
    search<const Fraction*>(
        doubtful, [&](auto some) { return some_is_read_as_integer(some, trial, values); },
        [&](const Fraction* fraction) {
          fail(fraction->node, fraction->original.dump() + why_no_integer(fraction->original.get<double>()));
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
    const auto result = convert();
    bool shows = false;
    if (result) {
      const ResultValues after(*result);
      shows = std::any_of(fractions.begin(), fractions.end(), [&](const Fraction* fraction) {
        const double other = fraction->node->get<double>();
        return after.count_integers(other) > before.count_integers(other);
      });
    }
    for (const Fraction* const fraction : fractions) *fraction->node = replacement(fraction->original, trial);
    if (result) return shows;
  }
  return fractions.size() > 1;
}

/// Calls `judge(item)` for the items for which `shows(items)` is true when it is asked for this one alone.
/// Asks for all of them first, then for halves. It stops after the last conversion that one has time for.
template <class Item, class Shows, class Judge>
void ConversionCheck::search_until(std::size_t last, std::span<const Item> items, const Shows& shows,
                                   const Judge& judge) {
  if (items.empty() || conversions_ > last || !shows(items)) return;
  if (items.size() == 1) return judge(items.front());
  search_until(last, items.first(items.size() / 2), shows, judge);
  search_until(last, items.subspan(items.size() / 2), shows, judge);
}

/// A double that a float cannot hold becomes infinite, which no payload can contain.
void ConversionCheck::check_overflow(const Json& result) {
  const auto infinite = ResultValues(result).count_infinite();
  if (infinite == 0) return;
  for (const Fraction& fraction : fractions_) {
    if (std::abs(fraction.original.get<double>()) <= std::numeric_limits<float>::max()) continue;
    const auto other = convert_with({&fraction.node, 1}, [](const Json&) { return 1.0; });
    if (!other || ResultValues(*other).count_infinite() < infinite)
      fail(fraction.node, fraction.original.dump() + " is out of the type's range");
  }
}

void ConversionCheck::check_numbers(const Json& result) {
  ResultValues values(result);
  std::vector<Json*> missing;
  for (Json* const node : numbers_) {
    if (!values.take(*node)) missing.push_back(node);
  }
  if (missing.empty()) return;
  const auto other = convert_with(missing, other_value);
  if (other && *other == result) return;  // the type has no such members
  // Of equal numbers any may be the one that the result lacks.
  const auto place = [](const Json* node) { return std::pair(node->is_boolean(), number_of(*node)); };
  std::set<std::pair<bool, long double>> lacking;
  for (const Json* const node : missing) lacking.insert(place(node));
  std::vector<Json*> doubtful;
  const ResultValues all(result);
  for (Json* const node : numbers_) {
    if (lacking.count(place(node)) == 0) continue;
    bool holds_cast = false;
    for_each_cast(*node, [&](long double cast) { holds_cast = holds_cast || all.count_numbers(cast) > 0; });
    if (holds_cast) doubtful.push_back(node);
  }
  // Apart, so that no two of a group take each other's place when they are replaced.
  for (const bool upwards : {true, false}) {
    std::vector<Json*> group;
    std::copy_if(doubtful.begin(), doubtful.end(), std::back_inserter(group), [=](const Json* node) {
      return (number_of(further(*node, 1)) > number_of(*node)) == upwards;
    });
    search<Json*>(
        group, [&](auto some) { return some_is_cast(some, all); },
        [&](Json* node) {
          fail(node, node->dump() + (node->is_boolean() ? " is a boolean where a number is expected"
                                                        : " is out of the type's range"));
        });
  }
}

/// Whether the result holds the number that a cast would make of one of these, since it follows when each is
/// replaced by a number near it. Also true for several whose conversion fails.
bool ConversionCheck::some_is_cast(std::span<Json* const> nodes, const ResultValues& values) {
  for (const unsigned steps : {1U, 7U}) {
    const auto result = convert_with(nodes, [=](const Json& number) { return further(number, steps); });
    if (!result) continue;
    const ResultValues after(*result);
    bool shows = false;
    for (const Json* const node : nodes) {
      for_each_cast(further(*node, steps), [&](long double cast) {
        shows = shows || after.count_numbers(cast) > values.count_numbers(cast);
      });
    }
    return shows;
  }
  return nodes.size() > 1;
}

/// nlohmann's enumerations turn any text that they do not know into their first enumerator, mostly a text
/// too. So the result has a value that is not in this place of the payload, and keeps it whatever the
/// payload's text is.
void ConversionCheck::check_texts(const Json& result) {
  Texts of_result;
  add_texts(result, of_result);
  std::vector<Json*> missing;
  Texts unused = of_result;
  for (Json* const node : texts_) {
    if (!take_text(unused, node->get_ref<const std::string&>())) missing.push_back(node);
  }
  if (missing.empty()) return;
  const auto other = convert_with(missing, longer);
  const Places places(tree_, result);
  const Places places_of_other(tree_, other ? *other : result);
  std::vector<Json*> values;  // in whose place is a number or null
  std::vector<Json*> names;   // in whose place is another text, or whose place is not known
  for (Json* const node : missing) {
    const Json* const value = places.of(node);
    if (places.is_left_out(node)) continue;
    if (value == nullptr) {
      names.push_back(node);
    } else if (other && places_of_other.of(node) != nullptr && *places_of_other.of(node) != *value) {
      continue;  // calculated from the text
    } else if (value->is_string()) {
      names.push_back(node);
    } else if (value->is_null() || value->is_number()) {
      values.push_back(node);
    }
  }
  places.remove_equal_texts(of_result);
  const auto known = names.empty() ? std::nullopt : text_that_stays(of_result, names);
  if (!known && !holds_null(result)) names.clear();
  for (const auto* const nodes : {&values, &names}) {
    search<Json*>(
        *nodes, [&](auto some) { return is_read(some, result); },
        [&](Json* node) {
          if (is_unknown_name(node, result, nodes == &names ? known : std::nullopt))
            fail(node, "\"" + node->get_ref<const std::string&>() + "\" is not a value of its type");
        });
  }
}

/// One of these texts of the result that it has whatever all texts of the payload are; if the type does not
/// read such a payload, whatever the missing ones are.
std::optional<std::string> ConversionCheck::text_that_stays(const Texts& of_result,
                                                            std::span<Json* const> missing) {
  for (const std::span<Json* const> nodes : {std::span<Json* const>(texts_), missing}) {
    auto other = convert_with(nodes, longer);
    if (!other) other = convert_with(nodes, another);
    if (!other) continue;
    Texts kept;
    add_texts(*other, kept);
    const auto stays = std::find_if(of_result.begin(), of_result.end(),
                                    [&](std::string_view text) { return kept.count(text) != 0; });
    return stays == of_result.end() ? std::nullopt : std::optional<std::string>(*stays);
  }
  return of_result.empty() ? std::nullopt : std::optional<std::string>(*of_result.begin());
}

/// Whether the result changes when these are removed.
bool ConversionCheck::is_read(std::span<Json* const> nodes, const Json& result) {
  if (nodes.front() == &tree_) return true;
  Json without = copy_without(tree_, {nodes.begin(), nodes.end()});
  std::swap(tree_, without);
  const auto other = convert();
  std::swap(tree_, without);
  return !other || *other != result;
}

/// Whether the type takes any other text for the same as this one, also the name `known` that it has taken it
/// for.
bool ConversionCheck::is_unknown_name(Json* node, const Json& result,
                                      const std::optional<std::string>& known) {
  for (const std::string& text : {longer(*node), another(*node), known.value_or(another(*node))}) {
    const auto other = convert_with({&node, 1}, [&](const Json&) { return text; });
    if (!other || *other != result) return false;
  }
  return true;
}

/// The type may read binary values as nlohmann's, as vectors of bytes, or as strings; and so the elements of
/// a set.
void ConversionCheck::choose_binary_forms() {
  if (binaries_.empty() || convert()) return;
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
    if (convert()) return;
  }
  for (std::size_t index = 0; index < binaries_.size(); ++index) *binaries_[index].node = originals[index];
}

}  // namespace

void check_conversion(std::string_view payload, nlohmann::json& tree, CallbackRef<bool&> has_rounded_whole,
                      TrialConversion& conversion) {
  const PayloadPath place{payload};
  ConversionCheck check(tree, place, conversion);
  bool rounded = false;
  if (check.has_whole_fraction()) has_rounded_whole(rounded);
  check.run(rounded);
}

void check_depth(std::string_view payload, const nlohmann::json& tree) {
  for_each_leaf(tree, PayloadPath{payload}, [](const auto*, const auto*) {});
}

}  // namespace batchproof::inline v0_1::detail
