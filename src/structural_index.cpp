// Makes the index, and holds the parts of the walk that are not worth inlining: values that nobody reads,
// names that are written with escapes, and errors.

#include "structural_index.hpp"

#include <limits>
#include <optional>
#include <string>

#include "unescape.hpp"

namespace batchproof::inline v0_1::detail {
namespace {

constexpr int max_depth = 512;

/// A byte for a message, which must stay text whatever the payload holds.
std::string shown(char byte) {
  constexpr std::string_view hex = "0123456789ABCDEF";
  const auto code = static_cast<unsigned char>(byte);
  if (code > 0x20 && code < 0x7F) return {'\'', byte, '\''};
  return {'0', 'x', hex[code >> 4U], hex[code & 0xFU]};
}

}  // namespace

void Cursor::fail_expected_at(const char* text, const std::uint32_t* position, const std::uint32_t* end,
                              char expected) {
  if (position == end)
    throw Malformed("the text ends where '" + std::string(1, expected) + "' should stand (truncated?)");
  throw Malformed("'" + std::string(1, expected) + "' expected at byte " + std::to_string(*position) +
                  ", found " + shown(text[*position]));
}

const std::uint32_t* Cursor::behind_nested(const char* text, const std::uint32_t* position,
                                           int depth) noexcept {
  const char open = text[*position++];
  const bool object = open == '{';
  if ((!object && open != '[') || depth == max_depth) return nullptr;
  const char close = object ? '}' : ']';
  if (text[*position] == close) return position + 1;
  for (;;) {
    if (object) {
      if (text[*position] != '"' || text[position[1]] != ':') return nullptr;
      position += 2;
    }
    if (begins_scalar(text[*position])) {
      ++position;
    } else {
      position = behind_nested(text, position, depth + 1);
      if (position == nullptr) return nullptr;
    }
    const char next = text[*position++];
    if (next == close) return position;
    if (next != ',') return nullptr;
  }
}

std::size_t Cursor::step_to_escaped_key(std::span<const std::string_view> quoted_names) {
  while (peek() != '}') {
    ++position_;  // the opening bracket or a comma
    if (peek() == '}') break;
    const Slice place = key();
    const std::string_view quoted(text_ + place.begin, place.size);
    const bool is_spaced = text_[position_[-1] - 1] != '"';
    const auto name = has_escapes(quoted) ? unescape(quoted, size_ - place.begin - place.size)
                      : is_spaced         ? std::optional(quoted.substr(1, quoted.size() - 2))
                                          : std::nullopt;
    for (std::size_t index = 0; name && index < quoted_names.size(); ++index) {
      if (quoted_names[index].substr(1, quoted_names[index].size() - 2) == *name) return index;
    }
    value();
  }
  return quoted_names.size();
}

void Cursor::fail_nested(std::uint32_t begin) {
  throw Malformed("the value at byte " + std::to_string(begin) +
                  " is not JSON: truncated, a bracket or separator out of place, or nested more than " +
                  std::to_string(max_depth) + " levels deep");
}

void fail_twice(std::string_view quoted_name) {
  throw Malformed("the field " + std::string(quoted_name) + " comes twice");
}

Cursor StructuralIndex::read(std::string_view text) {
  if (text.empty()) throw Malformed("the text is empty");
  if (text.size() >= std::numeric_limits<std::uint32_t>::max()) throw Malformed("the text is over 4 GiB");
  const std::size_t capacity = text.size() + 1;  // simdjson wants it larger than the text
  auto error = simdjson::SUCCESS;
  if (!parser_) {
    error = simdjson::get_active_implementation()->create_dom_parser_implementation(capacity, 1, parser_);
  } else if (parser_->capacity() < capacity) {
    error = parser_->allocate(capacity, 1);
  }
  if (error == simdjson::SUCCESS) {
    error = parser_->stage1(reinterpret_cast<const std::uint8_t*>(text.data()), text.size(),
                            simdjson::stage1_mode::regular);
  }
  if (error == simdjson::MEMALLOC) throw std::bad_alloc();
  if (error != simdjson::SUCCESS) throw Malformed(simdjson::error_message(error));

  // The position after the last one is that of the first token, so that no step has to check for the end:
  // the text ends with a closing bracket, and JSON allows no opening one after it. A text that begins
  // otherwise is invalid right there.
  std::uint32_t* const positions = parser_->structural_indexes.get();
  std::uint32_t* const end = positions + parser_->n_structural_indexes;
  const char last = text[end[-1]];
  if (last != '}' && last != ']')
    throw Malformed("the text does not end with a bracket: truncated, or followed by other text");
  *end = *positions;
  return {text.data(), text.size(), positions, end};
}

void StructuralIndex::trim() noexcept {
  constexpr std::size_t usual_payload_bytes = std::size_t{16} << 20;  // Lambda's own limit is 6 MB
  if (parser_ && parser_->capacity() > usual_payload_bytes) parser_.reset();
}

Cursor read_part(const EventText& text, Slice slice) {
  thread_local StructuralIndex index;
  return index.read(text.raw(slice));
}

}  // namespace batchproof::inline v0_1::detail
