#include "read/for_each.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <optional>
#include <string_view>
#include <utility>

#include "split.hpp"

namespace batchproof::lint {
namespace {

constexpr std::string_view for_each = "Fn::ForEach::";
constexpr std::size_t most_nodes_made = 100'000;

// Limits for texts that are inserted into each other, which would grow without end.
constexpr std::size_t most_expanded_bytes = 16'384;
constexpr std::size_t most_value_bytes = 255;

void replace_all(std::string& text, const std::string& what, const std::string& by) {
  for (std::size_t at = text.find(what); at != std::string::npos && text.size() < most_expanded_bytes;
       at = text.find(what, at + by.size()))
    text.replace(at, what.size(), by);
}

class Expansion {
 public:
  Expansion(const Node& root, const GivenParameters& given)
      : parameters_(root.find("Parameters")), given_(given) {}

  void expand(Node& node) {
    if (std::any_of(node.entries.begin(), node.entries.end(), is_loop)) {
      std::vector<Node::Entry> entries;
      for (Node::Entry& entry : node.entries) {
        if (!is_loop(entry) || !add_expanded(entry.value, entries)) entries.push_back(std::move(entry));
      }
      node.entries = std::move(entries);
    }
    for (Node& item : node.items) expand(item);
    for (Node::Entry& entry : node.entries)
      if (!is_loop(entry)) expand(entry.value);
  }

 private:
  static bool is_loop(const Node::Entry& entry) { return entry.key.starts_with(for_each); }

  /// False for a loop that cannot be expanded.
  bool add_expanded(const Node& loop, std::vector<Node::Entry>& entries) {
    if (loop.items.size() != 3 || loop.items[0].kind != Node::Kind::scalar || loop.items[2].entries.empty())
      return false;
    const auto values = values_of(loop.items[1]);
    if (!values) return false;
    for (const std::string& value : *values) {
      if (value.size() > most_value_bytes) return false;
      Node body = loop.items[2];
      if (!substitute(body, loop.items[0].text, value)) return false;
      for (Node::Entry& entry : body.entries) {
        if (!is_loop(entry) || !add_expanded(entry.value, entries)) entries.push_back(std::move(entry));
      }
    }
    return true;
  }

  std::optional<std::vector<std::string>> values_of(const Node& collection) const {
    std::vector<std::string> values;
    for (const Node& item : collection.items) {
      if (item.kind != Node::Kind::scalar) return std::nullopt;
      values.push_back(item.text);
    }
    if (collection.kind == Node::Kind::list) return values;
    const std::string name = collection.text_of("Ref");
    const auto given = given_.find(name);
    const Node* const written = parameters_ == nullptr ? nullptr : parameters_->find({name, "Default"});
    if (name.empty() || (given == given_.end() && written == nullptr)) return std::nullopt;
    const auto items = comma_delimited_items(given != given_.end() ? given->second : written->text);
    return std::vector<std::string>(items.begin(), items.end());
  }

  /// Replaces `${Name}` and `{Ref: Name}` by the value, and `&{Name}` by its letters and digits. False when
  /// the template grows too large.
  bool substitute(Node& node, const std::string& name, const std::string& value) {
    if (++nodes_made_ > most_nodes_made) return false;
    if (node.entries.size() == 1 && node.entries[0].key == "Ref" && node.entries[0].value.text == name) {
      node = Node::scalar(value, node.place);
      return true;
    }
    replace(node.text, name, value);
    for (Node& item : node.items)
      if (!substitute(item, name, value)) return false;
    for (Node::Entry& entry : node.entries) {
      replace(entry.key, name, value);
      if (!substitute(entry.value, name, value)) return false;
    }
    return true;
  }

  static void replace(std::string& text, const std::string& name, const std::string& value) {
    if (text.find('{') == std::string::npos) return;
    std::string letters;
    std::copy_if(value.begin(), value.end(), std::back_inserter(letters), [](char letter) {
      return (letter >= '0' && letter <= '9') || (letter >= 'A' && letter <= 'Z') ||
             (letter >= 'a' && letter <= 'z');
    });
    replace_all(text, "${" + name + "}", value);
    replace_all(text, "&{" + name + "}", letters);
  }

  const Node* parameters_;
  const GivenParameters& given_;
  std::size_t nodes_made_ = 0;
};

}  // namespace

void expand_for_each(Node& root, const GivenParameters& given) {
  const std::vector<Node::Entry> parameters = root.find("Parameters") == nullptr
                                                  ? std::vector<Node::Entry>{}
                                                  : std::vector<Node::Entry>{*root.entry("Parameters")};
  const Node kept = Node::map(parameters, root.place);
  Expansion(kept, given).expand(root);
}

}  // namespace batchproof::lint
