#include "read/serverless_variables.hpp"

#include "split.hpp"

namespace batchproof::lint {
namespace {

/// The one variable that a text consists of, without its braces; empty when it is another text.
std::string_view only_variable(std::string_view text) {
  if (!text.starts_with("${") || text.find('}') != text.size() - 1) return {};
  return text.substr(2, text.size() - 3);
}

/// In values; a long text counts as several.
std::size_t size_of(const Node& node) {
  constexpr std::size_t usual_text = 100;
  std::size_t size = 1 + node.text.size() / usual_text;
  for (const Node& item : node.items) size += size_of(item);
  for (const Node::Entry& entry : node.entries) size += size_of(entry.value);
  return size;
}

}  // namespace

Node ServerlessVariables::filled(const Node& node, int lookups) const {
  if (node.kind == Node::Kind::scalar) return filled_text(node, lookups);
  Node made = node;
  for (Node& item : made.items) item = filled(item, lookups);
  for (Node::Entry& entry : made.entries)
    if (entry.key != "Fn::Sub") entry.value = filled(entry.value, lookups);
  return made;
}

Node ServerlessVariables::filled_text(const Node& node, int lookups) const {
  if (node.text.find("${") == std::string::npos) return node;
  const std::string_view variable = only_variable(node.text);
  if (const Node* const value = looked_up(variable); value != nullptr && lookups > 0 && may_copy(*value)) {
    Node made = filled(*value, lookups - 1);
    made.place = node.place;
    return made;
  }
  return Node::function("Fn::Sub", node);
}

bool ServerlessVariables::may_copy(const Node& value) const {
  if (value.kind == Node::Kind::nothing || values_left_ == 0) return false;
  const std::size_t size = size_of(value);
  const bool is_small = size <= values_left_;
  values_left_ = is_small ? values_left_ - size : 0;
  return is_small;
}

const Node* ServerlessVariables::looked_up(std::string_view variable) const {
  constexpr std::string_view self = "self:";
  if (!variable.starts_with(self)) return nullptr;
  std::string_view path = variable.substr(self.size());
  path = path.substr(0, path.find(','));
  const Node* node = &root_;
  for (const std::string_view name : split_after_each(path, ".")) {
    if (node != nullptr) node = node->find(name);
  }
  return node;
}

bool is_variable(const Node& filled) {
  return filled.entries.size() == 1 && filled.entries[0].key == "Fn::Sub" &&
         filled.entries[0].value.kind == Node::Kind::scalar;
}

std::string origin_of(const Node& variable) {
  const std::string& text = variable.entries[0].value.text;
  if (text.starts_with("${file(")) return "of another file";
  const std::string_view kind = text.starts_with("${opt:")   ? "the option "
                                : text.starts_with("${env:") ? "the environment variable "
                                                             : "the variable ";
  return std::string("that ").append(kind).append(text).append(" gives");
}

bool may_give_a_map(const Node& variable) {
  const std::string& text = variable.entries[0].value.text;
  return text.starts_with("${file(") || text.starts_with("${self:");
}

}  // namespace batchproof::lint
