#include "tree_builder.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>

namespace batchproof::lint {
namespace {

constexpr std::size_t most_levels = 100;
constexpr std::size_t most_nodes = 600'000;

/// `!Ref` and `!Condition` are the functions `Ref` and `Condition`; every other short tag drops the `Fn::`.
std::string long_form(const std::string& tag) {
  const std::string name = tag.substr(1);
  return name == "Ref" || name == "Condition" ? name : "Fn::" + name;
}

/// YAML's own tags add nothing to the text.
bool is_function(const std::string& tag) { return tag.size() > 1 && tag.front() == '!'; }

void take_over_missing(std::vector<Node::Entry>& entries, const Node& merged) {
  for (const Node& item : merged.items) take_over_missing(entries, item);
  for (const Node::Entry& entry : merged.entries) {
    const bool is_there = std::any_of(entries.begin(), entries.end(),
                                      [&](const Node::Entry& own) { return own.key == entry.key; });
    if (!is_there) entries.push_back(entry);
  }
}

constexpr const char* merge_key = "<<";

/// The merge keys of YAML 1.1, `<<: *defaults`. The last of several takes precedence, as in PyYAML, which SAM
/// CLI uses.
void merge(Node& map) {
  const auto is_merge = [](const Node::Entry& entry) { return entry.key == merge_key; };
  const auto first = std::stable_partition(map.entries.begin(), map.entries.end(),
                                           [&](const Node::Entry& entry) { return !is_merge(entry); });
  std::vector<Node::Entry> merged(std::make_move_iterator(first), std::make_move_iterator(map.entries.end()));
  map.entries.erase(first, map.entries.end());
  for (auto entry = merged.rbegin(); entry != merged.rend(); ++entry)
    take_over_missing(map.entries, entry->value);
}

}  // namespace

void TreeBuilder::add_scalar(Place place, std::string text, const std::string& tag,
                             const std::string& anchor) {
  Sized sized{.node = Node::scalar(std::move(text), place)};
  count(1, place);
  if (is_function(tag)) sized.node = Node::function(long_form(tag), std::move(sized.node));
  remember(anchor, sized);
  add(std::move(sized));
}

void TreeBuilder::add_nothing(Place place, const std::string& anchor) {
  Sized sized;
  sized.node.place = place;
  count(1, place);
  remember(anchor, sized);
  add(std::move(sized));
}

void TreeBuilder::add_alias(Place place, const std::string& anchor) {
  const auto found = anchored_.find(anchor);
  if (found == anchored_.end())
    throw TemplateError(
        fmt::format("line {}: the alias *{} names no value that is complete before it", place.line, anchor));
  count(found->second.nodes, place);
  add(found->second);
}

void TreeBuilder::begin(Node::Kind kind, Place place, std::string tag, std::string anchor) {
  count(1, place);
  if (open_.size() >= most_levels)
    throw TemplateError(fmt::format("line {}: nested more than {} levels deep", place.line, most_levels));
  open_.push_back({.sized = {.node = kind == Node::Kind::map ? Node::map({}, place) : Node::list({}, place)},
                   .tag = std::move(tag),
                   .anchor = std::move(anchor),
                   .entry = std::nullopt});
}

void TreeBuilder::end() {
  Open closed = std::move(open_.back());
  open_.pop_back();
  drop_repeated_keys(closed.sized.node);
  merge(closed.sized.node);
  if (is_function(closed.tag))
    closed.sized.node = Node::function(long_form(closed.tag), std::move(closed.sized.node));
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
    throw TemplateError(fmt::format("line {}: a key must be a scalar", key.place.line));
  map.entry = Node::Entry{.key = key.text, .place = key.place, .value = {}};
}

/// CloudFormation and SAM CLI use the last of equal keys.
void TreeBuilder::drop_repeated_keys(Node& map) {
  std::map<std::string_view, Place> last;
  for (const Node::Entry& entry : map.entries) {
    if (entry.key == merge_key) continue;
    const auto [known, is_new] = last.emplace(entry.key, entry.place);
    if (is_new) continue;
    repeated_keys_.push_back({.key = entry.key, .place = entry.place, .before = known->second});
    known->second = entry.place;
  }
  if (last.size() == map.entries.size()) return;
  std::vector<Node::Entry> kept;
  for (Node::Entry& entry : map.entries) {
    const auto known = last.find(entry.key);
    if (known == last.end() || known->second == entry.place) kept.push_back(std::move(entry));
  }
  map.entries = std::move(kept);
}

/// The copy counts like a part of the tree, since copies of copies would grow too.
void TreeBuilder::remember(const std::string& anchor, const Sized& sized) {
  if (anchor.empty()) return;
  count(sized.nodes, sized.node.place);
  anchored_.insert_or_assign(anchor, sized);
}

void TreeBuilder::count(std::size_t nodes, Place place) {
  nodes_ += nodes;
  if (nodes_ > most_nodes)
    throw TemplateError(
        fmt::format("line {}: more than {} values, with the aliases written out", place.line, most_nodes));
}

}  // namespace batchproof::lint
