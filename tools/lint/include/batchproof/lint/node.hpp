#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace batchproof::lint {

/// Where something stands in a template, counted from 1; 0 for nowhere.
struct Place {
  int line = 0;
  int column = 0;

  friend bool operator==(const Place&, const Place&) = default;
};

/// A value of a template as it is written. The short tags of CloudFormation stand as their long forms: `!Ref
/// A` is the map `{Ref: A}`, `!Sub A` the map `{Fn::Sub: A}`.
struct Node {
  enum class Kind { nothing, scalar, list, map };
  struct Entry;

  Kind kind = Kind::nothing;
  std::string text{};          ///< of a scalar
  std::vector<Node> items{};   ///< of a list
  std::vector<Entry> entries;  ///< of a map, in the order of the template
  Place place{};

  /// A key of a map and its value; null when there is none, or this is no map.
  const Entry* entry(std::string_view key) const;

  /// The value alone.
  const Node* find(std::string_view key) const;

  /// The value at the end of a path of keys; null when there is none.
  const Node* find(std::initializer_list<std::string_view> keys) const;
};

struct Node::Entry {
  std::string key;
  Place place;  ///< of the key
  Node value;
};

}  // namespace batchproof::lint
