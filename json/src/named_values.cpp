#include "named_values.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "payload_tree.hpp"
#include "result_values.hpp"

namespace batchproof::detail {
namespace {

struct NamedValue {
  std::string_view name;
  bool is_boolean = false;
  long double number = 0;
  std::string_view text{};

  bool operator==(const NamedValue&) const = default;
  bool operator<(const NamedValue& other) const {
    return std::tie(name, is_boolean, number, text) <
           std::tie(other.name, other.is_boolean, other.number, other.text);
  }
};

std::vector<NamedValue> named_values(const nlohmann::json& tree, const PayloadPath& place) {
  std::vector<NamedValue> values;
  for_each_leaf(tree, place, [&](const nlohmann::json* leaf, const nlohmann::json*, std::string_view name) {
    if (leaf->is_number() || leaf->is_boolean()) {
      values.push_back({name, leaf->is_boolean(), number_of(*leaf)});
    } else if (leaf->is_string()) {
      values.push_back({name, false, 0, leaf->get_ref<const std::string&>()});
    }
  });
  std::sort(values.begin(), values.end());
  return values;
}

}  // namespace

bool holds_named_values_of(const nlohmann::json& payload, const PayloadPath& place,
                           const nlohmann::json& result) {
  const auto theirs = named_values(result, place);
  const auto is_named = [](const NamedValue& value) { return value.name.data() != nullptr; };
  if (!std::all_of(theirs.begin(), theirs.end(), is_named)) return false;
  auto ours = named_values(payload, place);
  std::erase_if(ours, [&](const NamedValue& value) {
    const auto by_name = [](const NamedValue& left, const NamedValue& right) {
      return left.name < right.name;
    };
    return !std::binary_search(theirs.begin(), theirs.end(), value, by_name);
  });
  return ours == theirs;
}

}  // namespace batchproof::detail
