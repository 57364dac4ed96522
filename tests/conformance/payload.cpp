#include "payload.hpp"

#include <algorithm>
#include <charconv>
#include <set>
#include <string_view>
#include <vector>

namespace batchproof::conformance {
namespace {

using nlohmann::json;

bool is_utf8(const std::string& text) {
  try {
    static_cast<void>(json(text).dump());
    return true;
  } catch (const json::type_error&) {
    return false;
  }
}

/// The code unit of an escape such as "\ud83d" at this place; 0 if there is none.
unsigned escaped_at(std::string_view text, std::size_t place) {
  if (!text.substr(std::min(place, text.size())).starts_with("\\u")) return 0;
  const std::string_view digits = text.substr(place + 2, 4);
  unsigned code = 0;
  const char* const end = digits.data() + digits.size();
  return std::from_chars(digits.data(), end, code, 16).ptr == end ? code : 0;
}

bool is_first_half(unsigned code) { return code >= 0xD800 && code < 0xDC00; }
bool is_second_half(unsigned code) { return code >= 0xDC00 && code < 0xE000; }

/// The text as nlohmann/json can read it: halves of surrogate pairs become U+FFFD.
std::string with_whole_characters(std::string text) {
  constexpr std::size_t escape_size = 6;
  for (std::size_t place = text.find('\\'); place < text.size(); place = text.find('\\', place)) {
    const unsigned code = escaped_at(text, place);
    if (is_first_half(code) && is_second_half(escaped_at(text, place + escape_size))) {
      place += 2 * escape_size;
      continue;
    }
    if (is_first_half(code) || is_second_half(code)) text.replace(place, escape_size, "\\ufffd");
    place += 2;  // the escape may be of a backslash
  }
  return text;
}

}  // namespace

Payload read_payload(const std::string& text) {
  Payload payload{.is_utf8 = is_utf8(text)};
  std::vector<std::set<std::string>> names;  // of the objects that are open
  const auto watch = [&](int depth, json::parse_event_t event, json& parsed) {
    payload.depth = std::max(payload.depth, static_cast<std::size_t>(depth) + 1);
    if (event == json::parse_event_t::object_start) names.emplace_back();
    if (event == json::parse_event_t::object_end) names.pop_back();
    if (event == json::parse_event_t::key && !names.back().insert(parsed.get<std::string>()).second)
      payload.repeats_a_name = true;
    return true;
  };
  const std::string readable = with_whole_characters(text);
  payload.holds_half_a_character = readable != text;
  try {
    payload.event = json::parse(readable, watch);
  } catch (const json::parse_error& error) {
    payload.broken_at = std::max<std::size_t>(error.byte, 1);
  }
  return payload;
}

}  // namespace batchproof::conformance
