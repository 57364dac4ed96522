#include "resolve/value.hpp"

#include <fmt/core.h>

#include <cstddef>
#include <utility>

#include "split.hpp"

namespace batchproof::lint {
namespace {

constexpr std::size_t most_pieces = 1'000;
constexpr std::size_t most_bytes = 16'384;

/// The name of a piece in an identity; `*` for a piece without one.
std::string name_of(const Piece& piece) {
  if (piece.kind == Piece::Kind::resource)
    return fmt::format("${{{}/{}.{}}}", piece.file, piece.text, piece.attribute);
  return piece.variable.empty() ? "*" : fmt::format("${{{}}}", piece.variable);
}

}  // namespace

std::optional<std::string> Value::literal() const {
  if (kind != Kind::text) return std::nullopt;
  std::string text;
  for (const Piece& piece : pieces) {
    if (piece.kind != Piece::Kind::literal) return std::nullopt;
    text += piece.text;
  }
  return text;
}

const Piece* Value::resource() const {
  const Piece* named = nullptr;
  for (const Piece& piece : pieces) {
    if (piece.kind != Piece::Kind::resource) continue;
    if (named != nullptr && (named->text != piece.text || named->file != piece.file)) return nullptr;
    named = &piece;
  }
  return named;
}

std::vector<std::string> Value::parts() const {
  std::vector<std::string> parts(1);
  for (const Piece& piece : pieces) {
    if (piece.kind != Piece::Kind::literal) {
      parts.back() += name_of(piece);
      continue;
    }
    for (const char character : piece.text) {
      if (character == ':') {
        parts.emplace_back();
      } else {
        parts.back() += character;
      }
    }
  }
  return parts;
}

std::string Value::identity() const {
  std::string text;
  for (const Piece& piece : pieces) {
    const std::string part = piece.kind == Piece::Kind::literal ? piece.text : name_of(piece);
    if (piece.kind != Piece::Kind::literal && part == "*") return {};
    text += part;
  }
  return text;
}

std::string Value::why_unknown() const {
  if (kind == Kind::unresolved) return reason;
  if (kind == Kind::list) return "it is a list";
  if (kind == Kind::map) return "it is a map";
  for (const Piece& piece : pieces) {
    if (piece.kind == Piece::Kind::unknown) return piece.text;
    if (piece.kind == Piece::Kind::resource)
      return fmt::format("a value of the resource {}, which is known only at deployment", piece.text);
  }
  return {};
}

Value text_value(std::string text, Place place) {
  return {.kind = Value::Kind::text, .pieces = {{.text = std::move(text)}}, .place = place};
}

Value unresolved(std::string reason, Place place) {
  return {.kind = Value::Kind::unresolved, .reason = std::move(reason), .place = place};
}

Value unknown_value(std::string reason, std::string variable, Place place) {
  return {
      .kind = Value::Kind::text,
      .pieces = {{.kind = Piece::Kind::unknown, .text = std::move(reason), .variable = std::move(variable)}},
      .place = place};
}

/// The values of secrets and of parameters of other services are known only at deployment.
Value scalar_value(const Node& node) {
  if (node.text.find("{{resolve:") == std::string::npos) return text_value(node.text, node.place);
  return unknown_value("the value of {{resolve:...}} is known only at deployment", node.text, node.place);
}

Value comma_delimited(std::string_view text, Place place) {
  Value list{.kind = Value::Kind::list, .place = place};
  for (const std::string_view item : comma_delimited_items(text))
    list.items.push_back(text_value(std::string(item), place));
  return list;
}

void GrowingText::add(std::string_view text) {
  if (!text.empty()) add_piece({.text = std::string(text)});
}

void GrowingText::add(const Value& part, std::string_view what) {
  if (part.kind != Value::Kind::text) {
    add_piece({.kind = Piece::Kind::unknown,
               .text = part.reason.empty() ? fmt::format("{} is not a text", what) : part.reason});
  }
  for (const Piece& piece : part.pieces) add_piece(piece);
}

Value GrowingText::take() {
  if (is_too_long_) return unresolved("the text is too long", value_.place);
  return std::move(value_);
}

void GrowingText::add_piece(Piece piece) {
  bytes_ += piece.text.size();
  is_too_long_ = is_too_long_ || bytes_ > most_bytes || value_.pieces.size() >= most_pieces;
  if (!is_too_long_) value_.pieces.push_back(std::move(piece));
}

}  // namespace batchproof::lint
