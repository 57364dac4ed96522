#pragma once

// A payload as a tree of nlohmann's, and its leaves, which a conversion could change without an error.

#include <batchproof/json/payload_value.hpp>
#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "payload_depth.hpp"

namespace batchproof::inline v0_1::detail {

/// A number, boolean, string or binary value somewhere in a tree.
struct Leaf {
  nlohmann::json* node;
  nlohmann::json* parent;  ///< null: the leaf is the whole tree
};

/// Calls `take(node, parent)` for each node. It uses a stack of its own, since a payload may be nested deeper
/// than the program's stack allows. Throws `PayloadError` where `check_depth_of_container` does.
template <class Json, class Take>
void for_each_node(Json& root, const PayloadPath& place, Take&& take) {
  struct Node {
    Json* json;
    Json* parent;
    std::size_t depth;
  };
  std::vector<Node> open{{&root, nullptr, 0}};
  while (!open.empty()) {
    const Node node = open.back();
    open.pop_back();
    take(node.json, node.parent);
    if (!node.json->is_structured()) continue;
    check_depth_of_container(place, node.depth);
    for (auto& child : *node.json) open.push_back({&child, node.json, node.depth + 1});
  }
}

/// The same for the leaves alone.
template <class Json, class Take>
void for_each_leaf(Json& root, const PayloadPath& place, Take&& take) {
  for_each_node(root, place, [&](Json* node, Json* parent) {
    if (!node->is_structured()) take(node, parent);
  });
}

/// The place of a node in its tree; for messages.
inline std::string pointer_to(const nlohmann::json& root, const nlohmann::json* wanted) {
  if (!root.is_structured()) return "";
  for (const auto& [name, child] : root.items()) {
    const auto step = nlohmann::json::json_pointer() / name;
    if (&child == wanted) return step.to_string();
    if (const std::string rest = pointer_to(child, wanted); !rest.empty()) return step.to_string() + rest;
  }
  return "";
}

}  // namespace batchproof::inline v0_1::detail
