#include "unknown_names.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace batchproof::inline v0_1::detail {
namespace {

using Json = nlohmann::json;

/// The texts of a tree, each as often as it occurs. They are views of the tree.
using Texts = std::multiset<std::string_view>;

void add_texts(const Json& tree, Texts& texts) {
  if (tree.is_structured()) {
    for (const auto& child : tree) add_texts(child, texts);
  } else if (tree.is_string()) {
    texts.insert(tree.get_ref<const std::string&>());
  }
}

/// A first enumerator may be null.
bool holds_null(const Json& tree) {
  return tree.is_null() || (tree.is_structured() && std::any_of(tree.begin(), tree.end(), holds_null));
}

/// Removes one such text; false when there is none.
bool take_text(Texts& texts, std::string_view text) {
  const auto found = texts.find(text);
  if (found == texts.end()) return false;
  texts.erase(found);
  return true;
}

/// The places of a payload's texts in a result that has the same structure, or in a part of it.
class Places {
 public:
  Places(const Json& payload, const Json& result) { add(payload, &result); }

  /// The value in the place of a text; null where the result has no such place.
  const Json* of(const Json* text) const {
    const auto found = places_.find(text);
    return found == places_.end() ? nullptr : found->second;
  }

  /// Whether the text belongs to a member that the result leaves out of an object.
  bool is_left_out(const Json* text) const { return places_.count(text) != 0 && of(text) == nullptr; }

  /// Removes each text that is the same in its place.
  void remove_equal_texts(Texts& texts) const {
    for (const auto& [text, value] : places_) {
      if (value != nullptr && *text == *value) take_text(texts, text->get_ref<const std::string&>());
    }
  }

 private:
  void add(const Json& payload, const Json* result) {
    if (payload.is_string()) {
      places_.emplace(&payload, result);
    } else if (payload.is_object() && (result == nullptr || result->is_object())) {
      for (auto member = payload.begin(); member != payload.end(); ++member) {
        const bool is_there = result != nullptr && result->contains(member.key());
        add(*member, is_there ? &(*result)[member.key()] : nullptr);
      }
    } else if (payload.is_array() &&
               (result == nullptr || (result->is_array() && result->size() == payload.size()))) {
      for (std::size_t index = 0; index < payload.size(); ++index)
        add(payload[index], result == nullptr ? nullptr : &(*result)[index]);
    }
  }

  std::map<const Json*, const Json*> places_{};
};

/// Texts that are no enumerator's names: one that a parser of numbers may read like the original, and one
/// with nothing of it.
std::string longer(const Json& text) { return text.get_ref<const std::string&>() + "\x01 another"; }
std::string another(const Json&) { return "\x01 another"; }

/// One of these texts of the result that it has whatever all texts of the payload are; if the type does not
/// read such a payload, whatever the missing ones are.
std::optional<std::string> text_that_stays(Trials& trials, std::span<Json* const> texts,
                                           std::span<Json* const> missing, const Texts& of_result) {
  for (const std::span<Json* const> nodes : {texts, missing}) {
    auto other = trials.convert_with(nodes, longer);
    if (!other) other = trials.convert_with(nodes, another);
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
bool is_read(Trials& trials, std::span<Json* const> nodes, const Json& result) {
  if (nodes.front() == &trials.tree()) return true;
  const auto other = trials.convert_without(nodes);
  return !other || *other != result;
}

/// Whether the type takes any other text for the same as this one, also the name `known` that it has taken it
/// for.
bool is_unknown_name(Trials& trials, Json* node, const Json& result,
                     const std::optional<std::string>& known) {
  for (const std::string& text : {longer(*node), another(*node), known.value_or(another(*node))}) {
    const auto other = trials.convert_with({&node, 1}, [&](const Json&) { return text; });
    if (!other || *other != result) return false;
  }
  return true;
}

}  // namespace

void check_names(Trials& trials, std::span<Json* const> texts, const Json& result) {
  Texts of_result;
  add_texts(result, of_result);
  std::vector<Json*> missing;
  Texts unused = of_result;
  for (Json* const node : texts) {
    if (!take_text(unused, node->get_ref<const std::string&>())) missing.push_back(node);
  }
  if (missing.empty()) return;
  const auto other = trials.convert_with(missing, longer);
  const Places places(trials.tree(), result);
  const Places places_of_other(trials.tree(), other ? *other : result);
  std::vector<Json*> values;  // in whose place is a number or null
  std::vector<Json*> names;   // in whose place is another text, or whose place is not known
  for (Json* const node : missing) {
    const Json* const value = places.of(node);
    if (places.is_left_out(node)) continue;
    const Json* const value_of_other = value != nullptr && other ? places_of_other.of(node) : nullptr;
    const bool is_calculated = value_of_other != nullptr && *value_of_other != *value;
    if (value == nullptr || (value->is_string() && !is_calculated)) {
      names.push_back(node);
    } else if ((value->is_null() || value->is_number()) && !is_calculated) {
      values.push_back(node);
    }
  }
  places.remove_equal_texts(of_result);
  const auto known = names.empty() ? std::nullopt : text_that_stays(trials, texts, names, of_result);
  if (!known && !holds_null(result)) names.clear();
  for (const auto* const nodes : {&values, &names}) {
    trials.search<Json*>(
        *nodes, [&](auto some) { return is_read(trials, some, result); },
        [&](Json* node) {
          if (is_unknown_name(trials, node, result, nodes == &names ? known : std::nullopt))
            trials.fail(node, "\"" + node->get_ref<const std::string&>() + "\" is not a value of its type");
        });
  }
}

}  // namespace batchproof::inline v0_1::detail
