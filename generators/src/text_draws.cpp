#include "text_draws.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace batchproof::generators {
namespace {

using namespace std::string_view_literals;

// Each has been a bug in some JSON reader or writer.
constexpr std::array fragments{"a"sv,
                               "order"sv,
                               " "sv,
                               "0"sv,
                               "-1.5e3"sv,
                               "\""sv,
                               "\\"sv,
                               "\\\""sv,
                               "\\u0041"sv,
                               "/"sv,
                               "</script>"sv,
                               "\n"sv,
                               "\r\n"sv,
                               "\t"sv,
                               "\b\f"sv,
                               "\0"sv,
                               "\x01"sv,
                               "\x1f"sv,
                               "\x7f"sv,
                               "{"sv,
                               "}"sv,
                               "[]"sv,
                               ","sv,
                               ":"sv,
                               "null"sv,
                               "\"body\":"sv,
                               "é"sv,
                               "ß"sv,
                               "漢字"sv,
                               "العربية"sv,
                               "e\u0301"sv,
                               "😀"sv,
                               "👩‍👩‍👧"sv,
                               "\U0010FFFF"sv,
                               "\uFFFD"sv,
                               "\uFEFF"sv,
                               "\u2028"sv,
                               "\u00A0"sv,
                               "%00"sv,
                               "${x}"sv,
                               "MessageGroupId"sv};

constexpr std::array bodies{
    ""sv,
    "{}"sv,
    "[]"sv,
    "null"sv,
    "0"sv,
    "\"text\""sv,
    R"({"order_id":"o-1","quantity":2})"sv,
    R"({"order_id":"o-2","quantity":0})"sv,
    R"({"order":{"lines":[{"sku":"a\"b","quantity":2},{"sku":"\\","quantity":1e3}],"note":"\u00e9\n"}})"sv,
    R"({"Records":[{"messageId":"inner","eventSource":"aws:sqs","body":"{\"Records\":[]}"}]})"sv,
    R"({"Message":"{\"detail\":\"{\\\"id\\\":1}\"}","Type":"Notification"})"sv,
    R"({"batchItemFailures":[{"itemIdentifier":"other"}]})"sv,
    R"({"quantity":)"sv,
    "<order><quantity>2</quantity></order>"sv,
    "not json"sv,
    "  \r\n\t "sv,
    "[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]"sv,
    R"({"price":12345678901234567890.123456789012345678,"emoji":"😀"})"sv};

constexpr std::size_t long_text_size = 3000;

/// Cut to the largest size, between characters.
std::string clipped(std::string drawn, const TextDraws& text) {
  std::size_t size = text.largest_size_bytes;
  if (drawn.size() <= size) return drawn;
  while (size > 0 && (static_cast<unsigned char>(drawn[size]) & 0xC0U) == 0x80U) --size;
  drawn.resize(size);
  return drawn;
}

void add_long_text(TextDraws& text, std::string& drawn) {
  while (drawn.size() < long_text_size) drawn += text.draws.element(fragments);
}

bool is_printable(std::string_view name) {
  return std::all_of(name.begin(), name.end(),
                     [](char character) { return character > ' ' && character < '\x7f'; });
}

}  // namespace

std::string draw_text(TextDraws& text) {
  if (text.plain) return clipped("text", text);
  std::string drawn;
  const std::size_t count = text.draws.below(5);
  for (std::size_t index = 0; index < count; ++index) drawn += text.draws.element(fragments);
  if (text.draws.one_in(200)) add_long_text(text, drawn);
  return clipped(std::move(drawn), text);
}

std::string draw_largest_text(TextDraws& text) {
  if (text.plain) return draw_text(text);
  std::string part;
  add_long_text(text, part);
  std::string drawn;
  drawn.reserve(text.largest_size_bytes + part.size());
  while (drawn.size() < text.largest_size_bytes) drawn += part;
  drawn = clipped(std::move(drawn), text);
  drawn.resize(text.largest_size_bytes, 'x');  // instead of half a character
  return drawn;
}

std::string draw_body(TextDraws& text) {
  if (text.plain) return clipped("{}", text);
  if (text.draws.one_in(3)) return draw_text(text);
  if (text.draws.one_in(60)) {
    std::string drawn;
    add_long_text(text, drawn);
    return clipped(std::move(drawn), text);
  }
  return clipped(std::string(text.draws.element(bodies)), text);
}

std::string draw_bytes(TextDraws& text) {
  if (text.plain) return clipped("data", text);
  if (text.draws.one_in(3)) return draw_body(text);
  std::string bytes(std::min<std::size_t>(text.draws.below(20), text.largest_size_bytes), '\0');
  if (text.draws.one_in(4)) return bytes;
  for (char& byte : bytes) byte = static_cast<char>(text.draws.below(256));
  return bytes;
}

std::string draw_suffix(TextDraws& text, Alphabet alphabet) {
  if (text.plain || !text.draws.one_in(4)) return "";
  std::string suffix = "-";
  suffix += text.draws.element(fragments);
  return text.hostile || alphabet == Alphabet::unicode || is_printable(suffix) ? suffix : "";
}

std::string draw_name(TextDraws& text, const char* prefix, std::size_t index, Alphabet alphabet) {
  std::string name = prefix + std::to_string(index);
  return name += draw_suffix(text, alphabet);
}

GroupNames::GroupNames(TextDraws& text, const char* prefix, bool same, Alphabet alphabet) : prefix_(prefix) {
  if (!text.plain) {
    prefix_ += std::to_string(text.draws.below(1000));
    prefix_ += '-';
  }
  constexpr std::size_t most_suffixes = 5;
  for (std::size_t count = same ? 1 : most_suffixes; count > 0; --count) {
    suffixes_.push_back(draw_suffix(text, alphabet));
  }
}

std::string GroupNames::name(std::size_t group) const {
  std::string name = prefix_ + std::to_string(group);
  return name += suffixes_[group % suffixes_.size()];
}

fixtures::JsonStyle draw_style(TextDraws& text) {
  if (text.plain || text.draws.one_in(2)) return {};
  return {.escape_non_ascii = text.draws.one_in(2),
          .escape_slash = text.draws.one_in(2),
          .spaced = text.draws.one_in(3),
          .field_order = text.draws.one_in(2) ? static_cast<unsigned>(text.draws.below(24)) : 0};
}

}  // namespace batchproof::generators
