#pragma once

// The value of a node as far as it is known before a deployment: whole, partly, or not at all.
//
//     const Value value = properties.value(key);
//     if (const auto literal = value.literal()) given = given_by_text(*literal, value.parts());

#include <batchproof/lint/node.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace batchproof::lint {

/// A part of a composed text: a literal, a resource, or a part that is known only at deployment.
struct Piece {
  enum class Kind { literal, resource, unknown };

  Kind kind = Kind::literal;
  std::string text{};       ///< the literal, the resource's logical id, or the reason why it is unknown
  std::string attribute{};  ///< of a resource: that of `Fn::GetAtt`; "Alias" for `Ref: F.Alias`, or empty
  std::string variable{};   ///< of an unknown part: its name, equal for equal parts; may be empty
  int file = 0;             ///< of a resource: the file that declares it
};

/// The value of a node, as far as it is known before a deployment.
struct Value {
  enum class Kind { absent, text, list, map, unresolved };

  Kind kind = Kind::absent;
  std::vector<Piece> pieces{};  ///< of a text
  std::vector<Value> items{};   ///< of a list
  const Node* map = nullptr;    ///< of a map; its values are not resolved yet. Belongs to the template
  std::string reason{};         ///< why it is unresolved
  Place place{};

  /// The text when all its pieces are literals; nothing for another kind.
  std::optional<std::string> literal() const;

  /// The one resource that the text names; null when it names none, or several.
  const Piece* resource() const;

  /// The parts of a text between its colons, as of an ARN. A resource or an unknown part becomes `${its
  /// name}`, or `*` when it has no name. Equal parts without `*` are equal in every deployment.
  std::vector<std::string> parts() const;

  /// The whole text in this form; empty when it holds a part without a name.
  std::string identity() const;

  /// The reason why this is not a literal; empty for a literal or an absent value.
  std::string why_unknown() const;
};

Value text_value(std::string text, Place place);
Value unresolved(std::string reason, Place place);

/// `variable` is a name that is equal for equal values.
Value unknown_value(std::string reason, std::string variable, Place place);

/// The text of a scalar; a `{{resolve:...}}` in it is unknown.
Value scalar_value(const Node& node);

/// The items of a `CommaDelimitedList`.
Value comma_delimited(std::string_view text, Place place);

/// A text that grows part by part, up to a limit: parts that use other parts twice would grow without end.
class GrowingText {
 public:
  explicit GrowingText(Place place) : value_{.kind = Value::Kind::text, .place = place} {}

  void add(std::string_view text);

  /// `what` names the part in the reason, if it is not a text.
  void add(const Value& part, std::string_view what);

  Value take();

 private:
  void add_piece(Piece piece);

  Value value_;
  std::size_t bytes_ = 0;
  bool is_too_long_ = false;
};

}  // namespace batchproof::lint
