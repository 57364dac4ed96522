#pragma once

#include <batchproof/lint/node.hpp>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace batchproof::lint {

/// A part of a text that was put together: what is written, a resource that is named, or what only a
/// deployment knows.
struct Piece {
  enum class Kind { literal, resource, unknown };

  Kind kind = Kind::literal;
  std::string text{};       ///< what is written; or the resource's logical id; or why it is not known
  std::string attribute{};  ///< of a resource: that of `Fn::GetAtt`, empty for `Ref`
};

/// What a node comes to before anything is deployed.
struct Value {
  enum class Kind { absent, text, list, map, unresolved };

  Kind kind = Kind::absent;
  std::vector<Piece> pieces{};  ///< of a text
  std::vector<Value> items{};   ///< of a list
  const Node* map = nullptr;    ///< of a map; its values are not resolved yet. Belongs to the template
  std::string reason{};         ///< why it is unresolved
  Place place{};

  /// The text, when every piece of it is written; nothing for another kind.
  std::optional<std::string> literal() const;

  /// The logical id of the one resource that the text names; empty when it names none, or several.
  std::string resource() const;

  /// The text with `*` for each piece that is not written, so that an ARN can be taken apart.
  std::string pattern() const;

  /// Why this is no literal; empty when it is one, or absent.
  std::string why_unknown() const;
};

/// Computes the functions of CloudFormation as far as the template says what they come to: `Ref` and
/// `Fn::Sub` with the defaults of parameters, `Fn::GetAtt`, `Fn::FindInMap`, `Fn::If` with the conditions,
/// `Fn::Join`, `Fn::Select`, `Fn::Split`. What cannot be computed is unresolved and says why; it never
/// throws. Keeps a reference to the template, which must outlive it.
class Resolver {
 public:
  explicit Resolver(const Node& root);

  Value resolve(const Node& node) const;

  /// The value under a key of a map, resolved; absent when there is none, or it is `AWS::NoValue`.
  Value member(const Value& map, std::string_view key) const;

  /// Nothing when it cannot be told.
  std::optional<bool> condition(const std::string& name) const;

  /// The same, where this condition holds: that of a resource does, in every deployment that has the
  /// resource.
  Resolver where(std::string condition) const;

  /// The resource of this logical id; null when there is none.
  const Node* resource(std::string_view id) const;

  const Node& root() const { return *root_; }

 private:
  Value function(const std::string& name, const Node& argument) const;
  Value reference(const std::string& name, Place place) const;
  Value attribute(const Node& argument) const;
  Value attribute_of(std::string_view id, std::string_view name, Place place) const;
  Value parameter(const std::string& name, const Node& parameter, Place place) const;
  Value substitute(const Node& argument) const;
  Value variable(const std::string& name, Place place) const;
  Value join(const Node& argument) const;
  Value choose(const Node& argument) const;
  Value find_in_map(const Node& argument) const;
  Value select(const Node& argument) const;
  Value split(const Node& argument) const;
  std::optional<bool> holds(const Node& expression) const;

  using Conditions = std::map<std::string, bool, std::less<>>;

  const Node* root_;
  std::shared_ptr<Conditions> known_;  ///< not changed after construction
  std::string assumed_{};
};

}  // namespace batchproof::lint
