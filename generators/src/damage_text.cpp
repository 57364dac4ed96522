#include <array>
#include <string>
#include <string_view>

#include "damage.hpp"

namespace batchproof::generators {
namespace {

using namespace std::string_view_literals;

std::string at_byte(std::size_t place) { return " at byte " + std::to_string(place); }

/// A place within the text of a string or name, or 0 when there is none.
std::size_t draw_place_in_string(Draws& draws, std::string_view text) {
  const std::size_t quote = text.find('"', draws.below(text.size()));
  return quote == std::string_view::npos ? 0 : quote + 1;
}

/// Compilers evaluate a call's arguments in different orders, so the caller draws the inserted text before
/// this draws the place.
DamagedPayload inserted(Draws& draws, std::string text, std::string_view what, const std::string& name) {
  const std::size_t place = draw_place_in_string(draws, text);
  text.insert(place, what);
  return {std::move(text), name + at_byte(place)};
}

}  // namespace

DamagedPayload damage_text(Draws& draws, const fixtures::BatchCase& batch) {
  constexpr std::array invalid_utf8{"\xFF"sv,         "\xC0\xAF"sv,         "\xE2\x82"sv,
                                    "\xED\xA0\x80"sv, "\xF4\x90\x80\x80"sv, "\x80"sv};
  constexpr std::array bad_escapes{"\\ud83d"sv, "\\ude00"sv, "\\ud83d\\u0041"sv, "\\u12"sv, "\\x41"sv, "\\"sv,
                                   "\n"sv,      "\0"sv};
  constexpr std::array trailing{"}"sv, "]"sv, ","sv, "null"sv, "x"sv, "\0"sv, " {}"sv, "//"sv};
  constexpr std::array whole{
      ""sv, " "sv, "null"sv, "[]"sv, "\"Records\""sv, "0"sv, "{"sv, "\xEF\xBB\xBF{\"Records\":[]}"sv};
  std::string text = batch.payload();
  const std::size_t place = draws.below(text.size());
  switch (draws.below(9)) {
    case 0:
      return {text.substr(0, place), "truncated" + at_byte(place)};
    case 1:
      text[place] = static_cast<char>(draws.below(256));
      return {std::move(text), "a byte changed" + at_byte(place)};
    case 2:
      text[place] = static_cast<char>(static_cast<unsigned char>(text[place]) ^ (1U << draws.below(8)));
      return {std::move(text), "a bit flipped" + at_byte(place)};
    case 3:
      text.erase(place, draws.between(1, 8));
      return {std::move(text), "bytes lost" + at_byte(place)};
    case 4:
      return {text + text, "a second document"};
    case 5:
      text += draws.element(trailing);
      return {std::move(text), "text after the end"};
    case 6:
      return inserted(draws, std::move(text), draws.element(invalid_utf8), "invalid UTF-8");
    case 7:
      return inserted(draws, std::move(text), draws.element(bad_escapes), "a bad escape");
    default:
      return {std::string(draws.element(whole)), "no event at all"};
  }
}

}  // namespace batchproof::generators
