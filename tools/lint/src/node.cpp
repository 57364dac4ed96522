#include <algorithm>
#include <batchproof/lint/node.hpp>
#include <utility>

namespace batchproof::lint {
namespace {

/// Adds it when there is none, and makes the node a map.
Node::Entry& entry_in(Node& map, std::string_view key) {
  map.kind = Node::Kind::map;
  const auto found = std::find_if(map.entries.begin(), map.entries.end(),
                                  [=](const Node::Entry& entry) { return entry.key == key; });
  if (found != map.entries.end()) return *found;
  return map.entries.emplace_back(
      Node::Entry{std::string(key), map.place, {.entries = {}, .place = map.place}});
}

}  // namespace

Node Node::scalar(std::string text, Place place) {
  return {.kind = Kind::scalar, .text = std::move(text), .entries = {}, .place = place};
}

Node Node::list(std::vector<Node> items, Place place) {
  return {.kind = Kind::list, .items = std::move(items), .entries = {}, .place = place};
}

Node Node::map(std::vector<Entry> entries, Place place) {
  return {.kind = Kind::map, .entries = std::move(entries), .place = place};
}

Node Node::function(std::string name, Node argument) {
  const Place place = argument.place;
  std::vector<Entry> entries;
  entries.push_back({std::move(name), place, std::move(argument)});
  return map(std::move(entries), place);
}

const Node::Entry* Node::entry(std::string_view key) const {
  const auto found =
      std::find_if(entries.begin(), entries.end(), [=](const Entry& entry) { return entry.key == key; });
  return found == entries.end() ? nullptr : &*found;
}

const Node* Node::find(std::string_view key) const {
  const Entry* const found = entry(key);
  return found == nullptr ? nullptr : &found->value;
}

const Node* Node::find(std::initializer_list<std::string_view> keys) const {
  const Node* node = this;
  for (const std::string_view key : keys) {
    node = node->find(key);
    if (node == nullptr) break;
  }
  return node;
}

std::string Node::text_of(std::string_view key) const {
  const Node* const value = find(key);
  return value == nullptr ? "" : value->text;
}

Node& Node::operator[](std::string_view key) { return entry_in(*this, key).value; }

void Node::set(std::string_view key, Node value, Place of_key) {
  Entry& entry = entry_in(*this, key);
  entry.place = of_key;
  entry.value = std::move(value);
}

void move_to(Node& node, Place place) {
  node.place = place;
  for (Node& item : node.items) move_to(item, place);
  for (Node::Entry& entry : node.entries) {
    entry.place = place;
    move_to(entry.value, place);
  }
}

int last_line(const Node& node) {
  int line = node.place.line;
  for (const Node& item : node.items) line = std::max(line, last_line(item));
  for (const Node::Entry& entry : node.entries)
    line = std::max({line, entry.place.line, last_line(entry.value)});
  return line;
}

}  // namespace batchproof::lint
