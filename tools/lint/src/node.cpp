#include <algorithm>
#include <batchproof/lint/node.hpp>

namespace batchproof::lint {

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

}  // namespace batchproof::lint
