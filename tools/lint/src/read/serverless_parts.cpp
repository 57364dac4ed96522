#include "read/serverless_parts.hpp"

#include <utility>

#include "read/serverless_variables.hpp"

namespace batchproof::lint {

void merge(Node& to, const Node::Entry& entry) {
  const bool is_there = to.find(entry.key) != nullptr;
  if (is_there && entry.key == "Type") return;  // a function keeps its events, which SAM's type has
  Node& value = to[entry.key];
  if (is_there && value.kind == Node::Kind::map && entry.value.kind == Node::Kind::map &&
      !is_variable(entry.value)) {
    if (is_variable(value)) return;  // what is merged with an unknown map is unknown
    for (const Node::Entry& inner : entry.value.entries) merge(value, inner);
    return;
  }
  to.set(entry.key, entry.value, entry.place);
}

void add_note(Node& to, std::string text, Place place) {
  to.entries.push_back({"Fn::NotRead", place, Node::scalar(std::move(text), place)});
}

void add_unread(Node& to, std::string_view what, const Node& variable, Place place) {
  add_note(to, std::string(what) + ' ' + origin_of(variable) + " are not read", place);
}

}  // namespace batchproof::lint
