// nlohmann's exceptions say what was found and what was expected, but not where. So the payload is converted
// again with another value in each place that may be meant. The place is the one where the exception follows:
// "must be number, but is string" becomes "must be number, but is binary" where a binary value replaces that
// string. No JSON holds a binary value, so hardly a function reads one, and none looks for members in it.

#include <algorithm>
#include <array>
#include <batchproof/json/conversion_check.hpp>
#include <batchproof/json/payload_error.hpp>
#include <cstddef>
#include <iterator>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "payload_tree.hpp"
#include "trials.hpp"

namespace batchproof::inline v0_1::detail {
namespace {

using Json = nlohmann::json;

struct JsonKind {
  std::string_view name;  ///< as nlohmann calls it
  std::string_view in_words;
  Json::value_t type;
};

constexpr std::array json_kinds{JsonKind{"null", "null", Json::value_t::null},
                                JsonKind{"boolean", "a boolean", Json::value_t::boolean},
                                JsonKind{"number", "a number", Json::value_t::number_integer},
                                JsonKind{"string", "a string", Json::value_t::string},
                                JsonKind{"array", "an array", Json::value_t::array},
                                JsonKind{"object", "an object", Json::value_t::object},
                                JsonKind{"binary", "a binary value", Json::value_t::binary}};

const JsonKind* kind_called(std::string_view name) {
  const auto kind = std::find_if(json_kinds.begin(), json_kinds.end(),
                                 [&](const JsonKind& one) { return one.name == name; });
  return kind == json_kinds.end() ? nullptr : &*kind;
}

/// What stands between the last `begin` in the text and the next `end`; nothing where they are not there.
std::optional<std::string_view> between(std::string_view text, std::string_view begin, std::string_view end) {
  const std::size_t at = text.rfind(begin);
  if (at == std::string_view::npos) return std::nullopt;
  text.remove_prefix(at + begin.size());
  const std::size_t behind = end.empty() ? text.size() : text.rfind(end);
  if (behind == std::string_view::npos) return std::nullopt;
  return text.substr(0, behind);
}

/// Looks for the one place that may be meant.
class PlaceSearch {
 public:
  PlaceSearch(Json& tree, const PayloadPath& place, TrialConversion& conversion)
      : trials_(tree, place, conversion), conversion_(conversion) {
    for_each_node(tree, place, [&](Json* node, Json*) { nodes_.push_back(node); });
  }

  /// The only node that may be meant and for which `shows(node)` is true. Nothing when there are several, or
  /// when the payload is too large to try all of them.
  template <class MayBeMeant, class Shows>
  Json* find(const MayBeMeant& may_be_meant, const Shows& shows) {
    std::vector<Json*> candidates;
    std::copy_if(nodes_.begin(), nodes_.end(), std::back_inserter(candidates), may_be_meant);
    constexpr std::size_t nodes_of_all_conversions = 300'000;
    if (candidates.size() * nodes_.size() > nodes_of_all_conversions) return nullptr;
    Json* found = nullptr;
    for (Json* const node : candidates) {
      if (!shows(node)) continue;
      if (found != nullptr) return nullptr;
      found = node;
    }
    return found;
  }

  /// What `from_json` throws with this value in the place of the node; nothing when it reads that.
  std::optional<std::string> thrown_with(Json* node, Json value) {
    if (trials_.convert_with({&node, 1}, [&](const Json&) { return value; })) return std::nullopt;
    return conversion_.error();
  }

  const Trials& trials() const noexcept { return trials_; }

 private:
  Trials trials_;
  TrialConversion& conversion_;
  std::vector<Json*> nodes_;
};

void name_value_of_another_kind(PlaceSearch& search, std::string_view thrown, const JsonKind& found,
                                const JsonKind* expected) {
  const JsonKind& other = *kind_called(found.type == Json::value_t::binary ? "null" : "binary");
  const std::string follows =
      std::string(thrown.substr(0, thrown.size() - found.name.size())).append(other.name);
  const Json* const node =
      search.find([&](const Json* one) { return one->type_name() == found.name; },
                  [&](Json* one) { return search.thrown_with(one, Json(other.type)) == follows; });
  if (node == nullptr) return;
  const std::string_view wanted = expected == nullptr ? "an object or an array" : expected->in_words;
  search.trials().fail(node, std::string(wanted).append(" expected, found ").append(found.in_words));
}

void name_missing_member(PlaceSearch& search, std::string_view thrown, const std::string& name) {
  // An object in whose place `at` of a name is called: a map, whose names are those of the payload, is none.
  const auto is_read_by_name = [&](Json* one) {
    const auto without_members = search.thrown_with(one, Json::binary({}));
    return without_members && between(*without_members, "cannot use at() with ", "") == "binary";
  };
  const Json* const object =
      search.find([&](const Json* one) { return one->is_object() && !one->contains(name); },
                  [&](Json* one) {
                    Json with_member = *one;
                    with_member[name] = Json::binary({});
                    return search.thrown_with(one, std::move(with_member)) != thrown && is_read_by_name(one);
                  });
  if (object != nullptr) search.trials().fail_missing(object, name);
}

/// What the members of nlohmann's that throw "cannot use ... with ..." are for.
const JsonKind* usable_kind(std::string_view thrown, const JsonKind& found) {
  if (found.type == Json::value_t::array) return kind_called("object");
  if (found.type == Json::value_t::object) return kind_called("array");
  const bool has_name =
      thrown.find("value()") != thrown.npos || thrown.find("string argument") != thrown.npos;
  return has_name ? kind_called("object") : nullptr;
}

}  // namespace

void name_misfit(std::string_view payload, Json& tree, std::string_view thrown, TrialConversion& conversion) {
  const PayloadPath place{payload};
  PlaceSearch search(tree, place, conversion);
  if (const auto name = between(thrown, "key '", "' not found"))
    return name_missing_member(search, thrown, std::string(*name));
  const auto expected = between(thrown, "type must be ", ", but is ");
  const auto found = between(thrown, expected ? ", but is " : " with ", "");
  if (!found || kind_called(*found) == nullptr) return;
  const JsonKind& found_kind = *kind_called(*found);
  name_value_of_another_kind(search, thrown, found_kind,
                             expected ? kind_called(*expected) : usable_kind(thrown, found_kind));
}

}  // namespace batchproof::inline v0_1::detail
