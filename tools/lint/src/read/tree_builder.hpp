#pragma once

#include <batchproof/lint/read_template.hpp>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace batchproof::lint {

/// Builds a tree from the events of a YAML or JSON reader. It limits the tree's size, since a few lines of
/// aliases can stand for more nodes than fit into memory. Throws `TemplateError`.
class TreeBuilder {
 public:
  /// An empty `anchor` means no anchor.
  void add_scalar(Place place, std::string text, const std::string& tag = {}, const std::string& anchor = {});
  void add_nothing(Place place, const std::string& anchor = {});
  void add_alias(Place place, const std::string& anchor);
  void begin(Node::Kind kind, Place place, std::string tag = {}, std::string anchor = {});
  void end();

  /// Nothing until a value was read.
  std::optional<Node>& root() { return root_; }

  /// Keys that stand in one map more than once; the tree has the last one.
  std::vector<RepeatedKey>& repeated_keys() { return repeated_keys_; }

 private:
  /// A node, and how large it is.
  struct Sized {
    Node node;
    std::size_t nodes = 1;
    std::size_t height = 1;
  };

  struct Open {
    Sized sized;
    std::string tag;
    std::string anchor;
    std::optional<Node::Entry> entry;  ///< its key was read, its value not yet
  };

  void add(Sized sized);
  static void add_key(Open& map, const Node& key);
  void drop_repeated_keys(Node& map);
  void remember(const std::string& anchor, const Sized& sized);
  void count(std::size_t nodes, Place place);

  std::vector<Open> open_;
  std::map<std::string, Sized> anchored_;
  std::optional<Node> root_;
  std::vector<RepeatedKey> repeated_keys_;
  std::size_t nodes_ = 0;
};

}  // namespace batchproof::lint
