#pragma once

// A template as a tree of values, each with its place:
//
//   if (const Node* resources = node.find("Resources")) read(*resources);

#include <initializer_list>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace batchproof::lint {

/// A position in one of the files that are linted together. Lines and columns are counted from 1; 0 means
/// nowhere.
struct Place {
  int line = 0;
  int column = 0;
  int file = 0;  ///< its index, from 0

  friend bool operator==(const Place&, const Place&) = default;
  friend bool operator<(const Place& left, const Place& right) {
    return std::tie(left.file, left.line, left.column) < std::tie(right.file, right.line, right.column);
  }
};

/// A value of a template as it is written. The short tags of CloudFormation become their long forms: `!Ref A`
/// is the map `{Ref: A}`, `!Sub A` the map `{Fn::Sub: A}`.
struct Node {
  enum class Kind { nothing, scalar, list, map };
  struct Entry;

  Kind kind = Kind::nothing;
  std::string text{};          ///< of a scalar
  std::vector<Node> items{};   ///< of a list
  std::vector<Entry> entries;  ///< of a map, in the order of the template
  Place place{};

  static Node scalar(std::string text, Place place);
  static Node list(std::vector<Node> items, Place place);
  static Node map(std::vector<Entry> entries, Place place);

  /// A call of a function, `{Fn::Sub: argument}`.
  static Node function(std::string name, Node argument);

  /// The entry of a map with this key; null when there is none, or this is not a map.
  const Entry* entry(std::string_view key) const;

  /// The value of that entry.
  const Node* find(std::string_view key) const;

  /// The value at the end of a path of keys; null when there is none.
  const Node* find(std::initializer_list<std::string_view> keys) const;

  /// The text of the scalar under a key; empty when there is none.
  std::string text_of(std::string_view key) const;

  /// The value under a key; adds it when there is none, and makes this a map.
  Node& operator[](std::string_view key);

  /// Replaces that value, or adds it, and the place of its key.
  void set(std::string_view key, Node value, Place of_key);
};

struct Node::Entry {
  std::string key;
  Place place;  ///< of the key
  Node value;
};

/// Sets the place of this value and of all values within it.
void move_to(Node& node, Place place);

/// The last line of this value and of all within it.
int last_line(const Node& node);

}  // namespace batchproof::lint
