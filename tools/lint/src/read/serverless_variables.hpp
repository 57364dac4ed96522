#pragma once

// The variables of a serverless.yml, `${...}` ("Serverless Framework: Variables"). A value that only
// serverless knows becomes a call of `Fn::Sub`, which is unknown to the rules.

#include <batchproof/lint/node.hpp>
#include <cstddef>
#include <string>
#include <string_view>

namespace batchproof::lint {

/// Resolves the variables of a file, as far as the file alone tells: `${self:...}`.
class ServerlessVariables {
 public:
  /// The root of the file must outlive this.
  explicit ServerlessVariables(const Node& root) : root_(root) {}

  /// The node with its variables resolved. Those of others, and those beyond a limit that no real file
  /// reaches, become calls of `Fn::Sub`.
  Node filled(const Node& node) const { return filled(node, most_lookups); }

 private:
  static constexpr int most_lookups = 10;

  Node filled(const Node& node, int lookups) const;
  Node filled_text(const Node& node, int lookups) const;

  /// Counts the values that are copied.
  bool may_copy(const Node& value) const;

  /// The value that a variable such as `self:custom.batch` names; null if there is none.
  const Node* looked_up(std::string_view variable) const;

  const Node& root_;

  /// By all lookups together, since a map that is looked up may look up others.
  mutable std::size_t values_left_ = 50'000;
};

/// True for a value that only serverless knows, such as `${file(functions.yml)}`, after `filled`.
bool is_variable(const Node& filled);

/// Where such a value comes from: "of another file".
std::string origin_of(const Node& variable);

/// True if such a value may be a map. Variables of other kinds are taken for texts, though a secret may be a
/// map.
bool may_give_a_map(const Node& variable);

}  // namespace batchproof::lint
