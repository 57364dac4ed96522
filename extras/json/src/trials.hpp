#pragma once

// Converts a payload again and again, with other values in some of its places:
//
//     const auto other = trials.convert_with(nodes, [](const Json& node) { return further(node, 1); });
//     trials.search<Json*>(nodes, some_changes_the_result, fail);

#include <algorithm>
#include <batchproof/json/conversion_check.hpp>
#include <batchproof/json/payload_error.hpp>
#include <cstddef>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "payload_tree.hpp"

namespace batchproof::inline v0_1::detail {

/// The trials of one payload. The tree is as before after each of them.
class Trials {
 public:
  using Json = nlohmann::json;

  Trials(Json& tree, const PayloadPath& place, TrialConversion& conversion)
      : tree_(tree), place_(place), conversion_(conversion) {}

  Json& tree() noexcept { return tree_; }

  [[noreturn]] void fail(const Json* node, const std::string& reason) const {
    throw PayloadError(place_.name, pointer_to(tree_, node), reason);
  }

  /// The same for a member that the node lacks.
  [[noreturn]] void fail_missing(const Json* node, const std::string& name) const {
    const auto step = Json::json_pointer() / name;
    throw PayloadError(place_.name, pointer_to(tree_, node) + step.to_string(), "missing");
  }

  /// The result as JSON; nothing when the type does not read the tree.
  std::optional<Json> convert() {
    ++conversions_;
    Json result;
    if (!conversion_.convert(result)) return std::nullopt;
    return result;
  }

  /// With `replacement(node)` in the place of each node.
  template <class Replacement>
  std::optional<Json> convert_with(std::span<Json* const> nodes, const Replacement& replacement) {
    std::vector<Json> originals;
    originals.reserve(nodes.size());
    for (Json* const node : nodes) originals.push_back(std::exchange(*node, replacement(*node)));
    auto result = convert();
    for (std::size_t index = 0; index < nodes.size(); ++index) *nodes[index] = std::move(originals[index]);
    return result;
  }

  /// Calls `judge(item)` for the items for which `shows(items)` is true when it is asked for this one alone.
  /// Asks for all of them first, then for halves. It stops after as many conversions as one has time for.
  template <class Item, class Shows, class Judge>
  void search(std::span<const Item> items, const Shows& shows, const Judge& judge) {
    if (items.empty()) return;
    std::size_t leaves = 0;
    for_each_leaf(tree_, place_, [&](const Json*, const Json*) { ++leaves; });
    constexpr std::size_t fewest_conversions = 64;
    constexpr std::size_t leaves_of_all_conversions = 1'000'000;
    search_until(conversions_ + std::max(fewest_conversions, leaves_of_all_conversions / leaves), items,
                 shows, judge);
  }

 private:
  template <class Item, class Shows, class Judge>
  void search_until(std::size_t last, std::span<const Item> items, const Shows& shows, const Judge& judge) {
    if (items.empty() || conversions_ > last || !shows(items)) return;
    if (items.size() == 1) return judge(items.front());
    search_until(last, items.first(items.size() / 2), shows, judge);
    search_until(last, items.subspan(items.size() / 2), shows, judge);
  }

  Json& tree_;
  const PayloadPath& place_;
  TrialConversion& conversion_;
  std::size_t conversions_ = 0;
};

}  // namespace batchproof::inline v0_1::detail
