// nlohmann's conversions to numbers are casts: 2.9 becomes 2, -1 becomes 4294967295, true becomes 1, without
// an error. They cannot be replaced, since they are functions of nlohmann's and of its users. So this file
// compares the result with the payload: it replaces a number that the result does not hold by another one; if
// the result changes with it, the result holds a changed number.

#include <algorithm>
#include <batchproof/json/conversion_check.hpp>
#include <batchproof/json/payload_error.hpp>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
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
    Json result;
    if (!conversion_.convert(result)) return std::nullopt;
    return result;
  }

  std::optional<Json> convert_with(Json* node, Json replacement) {
    std::swap(*node, replacement);
    auto result = convert();
    std::swap(*node, replacement);
    return result;
  }

  void restore_fractions();
  void choose_binary_forms();
  template <class Chosen>
  void check_fractions(Chosen&& chosen);
  bool is_read_as_integer(const Fraction& fraction, double trial);
  void check_closely(const Json& result);
  void check_overflow(const Json& result);
  void check_numbers(const Json& result);
  void check_number(Json* node, const ResultValues& values);
  void check_texts(const Json& result);
  bool is_read(Leaf& leaf, const Json& result);

  Json& tree_;
  const PayloadPath& place_;
  TrialConversion& conversion_;
  std::vector<Fraction> fractions_;
  std::vector<Json*> numbers_;  // integers and booleans
  std::vector<Leaf> texts_;
  std::vector<Leaf> binaries_;
};

ConversionCheck::ConversionCheck(Json& tree, const PayloadPath& place, TrialConversion& conversion)
    : tree_(tree), place_(place), conversion_(conversion) {
  for_each_leaf(tree, place, [&](Json* node, Json* parent) {
    if (node->is_number_float()) {
      fractions_.push_back({node, *node, false});
    } else if (node->is_boolean() || (node->is_number() && !fits_every_type(*node))) {
      numbers_.push_back(node);
    } else if (node->is_string()) {
      texts_.push_back({node, parent});
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
    if (!convert()) continue;
    for (const Fraction* const fraction : doubtful) {
      if (is_read_as_integer(*fraction, trial))
        fail(fraction->node, fraction->original.dump() + why_no_integer(fraction->original.get<double>()));
    }
    break;
  }
  for (const Fraction* const fraction : doubtful) *fraction->node = fraction->original;
}

bool ConversionCheck::is_read_as_integer(const Fraction& fraction, double trial) {
  const double one = replacement(fraction.original, trial).get<double>();
  const double other = one + 1;
  const auto before = convert_with(fraction.node, one);
  const auto after = convert_with(fraction.node, other);
  return before && after &&
         ResultValues(*after).count_integers(other) > ResultValues(*before).count_integers(other);
}

/// A double that a float cannot hold becomes infinite, which no payload can contain.
void ConversionCheck::check_overflow(const Json& result) {
  const auto infinite = ResultValues(result).count_infinite();
  if (infinite == 0) return;
  for (const Fraction& fraction : fractions_) {
    if (std::abs(fraction.original.get<double>()) <= std::numeric_limits<float>::max()) continue;
    const auto other = convert_with(fraction.node, 1.0);
    if (!other || ResultValues(*other).count_infinite() < infinite)
      fail(fraction.node, fraction.original.dump() + " is out of the type's range");
  }
}

void ConversionCheck::check_numbers(const Json& result) {
  ResultValues values(result);
  std::vector<Json*> missing;
  missing.reserve(numbers_.size());
  for (Json* const node : numbers_) {
    if (!values.take(*node)) missing.push_back(node);
  }
  if (missing.empty()) return;
  std::vector<Json> originals;
  originals.reserve(missing.size());
  for (Json* const node : missing) originals.push_back(std::exchange(*node, other_value(*node, 1)));
  const auto other = convert();
  for (std::size_t index = 0; index < missing.size(); ++index) *missing[index] = std::move(originals[index]);
  if (other && *other == result) return;  // the type has no such members
  for (Json* const node : missing) check_number(node, ResultValues(result));
}

/// Fails when the result holds the number that a cast would make of this one, and changes when this one is
/// replaced.
void ConversionCheck::check_number(Json* node, const ResultValues& values) {
  if (!values.holds_cast_of(*node)) return;
  for (const int attempt : {1, 4, 7, 11}) {  // small ones, and larger ones
    const Json other = other_value(*node, attempt);
    const auto after = convert_with(node, other);
    if (!after) continue;
    if (ResultValues(*after).count_numbers(other) > values.count_numbers(other))
      fail(node, node->dump() + (node->is_boolean() ? " is a boolean where a number is expected"
                                                    : " is out of the type's range"));
    return;
  }
}

/// nlohmann's enumerations turn any text that they do not know into their first enumerator.
void ConversionCheck::check_texts(const Json& result) {
  ResultTexts found(result);
  std::vector<Leaf*> missing;
  for (Leaf& leaf : texts_) {
    if (!found.take(leaf.node->get_ref<const std::string&>())) missing.push_back(&leaf);
  }
  for (Leaf* const leaf : missing) {
    if (!is_read(*leaf, result)) continue;
    const std::string& text = leaf->node->get_ref<const std::string&>();
    const auto other = convert_with(leaf->node, text + "\x01 another");
    if (other && *other == result) fail(leaf->node, "\"" + text + "\" is not a value of its type");
  }
}

/// Whether the result changes when this leaf is removed.
bool ConversionCheck::is_read(Leaf& leaf, const Json& result) {
  if (leaf.parent == nullptr) return true;
  auto place = leaf.parent->begin();
  while (&*place != leaf.node) ++place;
  if (leaf.parent->is_array()) {
    const auto index = place - leaf.parent->begin();
    Json removed = std::move(*place);
    leaf.parent->erase(place);
    const auto without = convert();
    leaf.parent->insert(leaf.parent->begin() + index, std::move(removed));
    return !without || *without != result;
  }
  const std::string name = place.key();
  Json removed = std::move(*place);
  leaf.parent->erase(place);
  const auto without = convert();
  leaf.node = &((*leaf.parent)[name] = std::move(removed));
  return !without || *without != result;
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
