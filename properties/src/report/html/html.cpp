#include "html.hpp"

#include <algorithm>
#include <array>
#include <batchproof/detail/utf8.hpp>
#include <batchproof/fixtures/wording.hpp>
#include <utility>

#include "../../evidence/text.hpp"

namespace batchproof::properties {
namespace {

bool is_control(std::string_view character) {
  const auto first = static_cast<unsigned char>(character.front());
  const bool is_after_ascii = first == 0xC2 && static_cast<unsigned char>(character[1]) < 0xA0;
  return (first < 0x20 && first != '\n' && first != '\t') || first == 0x7F || is_after_ascii;
}

constexpr std::array<std::pair<char, std::string_view>, 5> entities{
    {{'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"}, {'\'', "&#39;"}}};

std::string_view as_markup(std::string_view character) {
  const auto* const entity = std::find_if(entities.begin(), entities.end(),
                                          [&](const auto& each) { return each.first == character.front(); });
  return entity == entities.end() ? character : entity->second;
}

}  // namespace

Html& Html::markup(std::string_view markup) {
  text_ += markup;
  return *this;
}

Html& Html::words(std::string_view words) {
  while (!words.empty()) {
    const detail::FirstBytes first = detail::first_bytes(words);
    const std::string_view bytes = words.substr(0, first.count);
    if (first.are_a_character && !is_control(bytes)) {
      text_ += as_markup(bytes);
    } else {
      for (const char byte : bytes) append_escape(text_, byte);
    }
    words.remove_prefix(first.count);
  }
  return *this;
}

Html& Html::number(std::size_t number) { return markup(fixtures::with_commas(number)); }

Html& Html::element(std::string_view tag, std::string_view text) {
  const std::string_view name = tag.substr(0, tag.find(' '));
  return markup("<").markup(tag).markup(">").words(text).markup("</").markup(name).markup(">");
}

}  // namespace batchproof::properties
