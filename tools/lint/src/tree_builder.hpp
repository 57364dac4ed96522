#pragma once

#include <batchproof/lint/node.hpp>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace batchproof::lint {

/// Puts a tree together from what a reader of YAML or JSON meets, one after the other. It keeps the tree
/// small, since a few lines of aliases can stand for more nodes than a computer has memory. Throws
/// `TemplateError`.
class TreeBuilder {
 public:
  using Anchor = std::size_t;  ///< a number above 0; 0 for none

  void add_scalar(Place place, std::string text, const std::string& tag = {}, Anchor anchor = 0);
  void add_nothing(Place place, Anchor anchor = 0);
  void add_alias(Place place, Anchor anchor);
  void begin(Node::Kind kind, Place place, std::string tag = {}, Anchor anchor = 0);
  void end();

  /// Nothing where nothing was read.
  const std::optional<Node>& root() const { return root_; }

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
    Anchor anchor = 0;
    std::optional<Node::Entry> entry;  ///< its key was read, its value not yet
  };

  void add(Sized sized);
  void add_key(Open& map, const Node& key);
  void remember(Anchor anchor, const Sized& sized);
  void count(std::size_t nodes, Place place);

  std::vector<Open> open_;
  std::map<Anchor, Sized> anchored_;
  std::optional<Node> root_;
  std::size_t nodes_ = 0;
};

}  // namespace batchproof::lint
