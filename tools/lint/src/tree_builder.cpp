#include "tree_builder.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <batchproof/lint/read_template.hpp>
#include <utility>

namespace batchproof::lint {
namespace {

constexpr std::size_t most_levels = 100;
constexpr std::size_t most_nodes = 300'000;

/// `!Ref` and `!Condition` are the functions `Ref` and `Condition`; every other short tag drops the `Fn::`.
std::string long_form(const std::string& tag) {
  const std::string name = tag.substr(1);
  return name == "Ref" || name == "Condition" ? name : "Fn::" + name;
}

/// YAML's own tags say no more than what the text says.
bool is_function(const std::string& tag) { return tag.size() > 1 && tag.front() == '!'; }

Node new_node(Node::Kind kind, Place place) {
  Node node;
  node.kind = kind;
  node.place = place;
  return node;
}

Node in_long_form(Node node, const std::string& tag) {
  Node function = new_node(Node::Kind::map, node.place);
  function.entries.push_back({long_form(tag), node.place, std::move(node)});
  return function;
}

void take_over_missing(std::vector<Node::Entry>& entries, const Node& merged) {
  for (const Node& item : merged.items) take_over_missing(entries, item);
  for (const Node::Entry& entry : merged.entries) {
    const bool is_there = std::any_of(entries.begin(), entries.end(),
                                      [&](const Node::Entry& own) { return own.key == entry.key; });
    if (!is_there) entries.push_back(entry);
  }
}

/// The merge key of YAML 1.1, `<<: *defaults`.
void merge(Node& map) {
  const auto found = std::find_if(map.entries.begin(), map.entries.end(),
                                  [](const Node::Entry& entry) { return entry.key == "<<"; });
  if (found == map.entries.end()) return;
  const Node merged = std::move(found->value);
  map.entries.erase(found);
  take_over_missing(map.entries, merged);
}

void refuse_a_key_that_stands_twice(const Node& map) {
  std::vector<const Node::Entry*> entries;
  entries.reserve(map.entries.size());
  for (const Node::Entry& entry : map.entries) entries.push_back(&entry);
  std::stable_sort(entries.begin(), entries.end(),
                   [](const auto* left, const auto* right) { return left->key < right->key; });
  const auto twice =
      std::adjacent_find(entries.begin(), entries.end(),
                         [](const auto* left, const auto* right) { return left->key == right->key; });
  if (twice == entries.end()) return;
  throw TemplateError(fmt::format("line {}: the key \"{}\" stands in line {} already",
                                  (*std::next(twice))->place.line, (*twice)->key, (*twice)->place.line));
}

}  // namespace

void TreeBuilder::add_scalar(Place place, std::string text, const std::string& tag, Anchor anchor) {
  Sized sized{.node = new_node(Node::Kind::scalar, place)};
  sized.node.text = std::move(text);
  count(1, place);
  if (is_function(tag)) sized.node = in_long_form(std::move(sized.node), tag);
  remember(anchor, sized);
  add(std::move(sized));
}

void TreeBuilder::add_nothing(Place place, Anchor anchor) {
  Sized sized{.node = new_node(Node::Kind::nothing, place)};
  count(1, place);
  remember(anchor, sized);
  add(std::move(sized));
}

void TreeBuilder::add_alias(Place place, Anchor anchor) {
  const auto found = anchored_.find(anchor);
  if (found == anchored_.end())
    throw TemplateError(fmt::format("line {}: an alias within what it stands for", place.line));
  count(found->second.nodes, place);
  add(found->second);
}

void TreeBuilder::begin(Node::Kind kind, Place place, std::string tag, Anchor anchor) {
  count(1, place);
  if (open_.size() >= most_levels)
    throw TemplateError(fmt::format("line {}: nested more than {} levels deep", place.line, most_levels));
  open_.push_back({.sized = {.node = new_node(kind, place)},
                   .tag = std::move(tag),
                   .anchor = anchor,
                   .entry = std::nullopt});
}

void TreeBuilder::end() {
  Open closed = std::move(open_.back());
  open_.pop_back();
  refuse_a_key_that_stands_twice(closed.sized.node);
  merge(closed.sized.node);
  if (is_function(closed.tag)) closed.sized.node = in_long_form(std::move(closed.sized.node), closed.tag);
  remember(closed.anchor, closed.sized);
  add(std::move(closed.sized));
}

void TreeBuilder::add(Sized sized) {
  if (open_.empty()) {
    root_ = std::move(sized.node);
    return;
  }
  Open& parent = open_.back();
  if (open_.size() + sized.height > most_levels) {
    throw TemplateError(
        fmt::format("line {}: nested more than {} levels deep", sized.node.place.line, most_levels));
  }
  parent.sized.nodes += sized.nodes;
  parent.sized.height = std::max(parent.sized.height, sized.height + 1);
  if (parent.sized.node.kind == Node::Kind::list) {
    parent.sized.node.items.push_back(std::move(sized.node));
  } else if (!parent.entry) {
    add_key(parent, sized.node);
  } else {
    parent.entry->value = std::move(sized.node);
    parent.sized.node.entries.push_back(*std::exchange(parent.entry, std::nullopt));
  }
}

void TreeBuilder::add_key(Open& map, const Node& key) {
  if (key.kind != Node::Kind::scalar)
    throw TemplateError(fmt::format("line {}: a key must be a text", key.place.line));
  map.entry = Node::Entry{.key = key.text, .place = key.place, .value = {}};
}

/// A copy is kept, so it counts as if it stood in the tree: copies of copies would grow too.
void TreeBuilder::remember(Anchor anchor, const Sized& sized) {
  if (anchor == 0) return;
  count(sized.nodes, sized.node.place);
  anchored_.insert_or_assign(anchor, sized);
}

void TreeBuilder::count(std::size_t nodes, Place place) {
  nodes_ += nodes;
  if (nodes_ > most_nodes)
    throw TemplateError(
        fmt::format("line {}: more than {} values, aliases written out", place.line, most_nodes));
}

}  // namespace batchproof::lint
