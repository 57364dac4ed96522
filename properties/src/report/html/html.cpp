#include "html.hpp"

#include <algorithm>
#include <array>
#include <batchproof/fixtures/printable.hpp>
#include <batchproof/fixtures/wording.hpp>
#include <utility>

namespace batchproof::properties {
namespace {

constexpr std::array<std::pair<char, std::string_view>, 5> entities{
    {{'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"}, {'\'', "&#39;"}}};

}  // namespace

Html& Html::markup(std::string_view markup) {
  text_ += markup;
  return *this;
}

Html& Html::words(std::string_view words) {
  for (const char character : fixtures::printable_lines(words)) {
    const auto* const entity = std::find_if(entities.begin(), entities.end(),
                                            [=](const auto& each) { return each.first == character; });
    if (entity == entities.end()) {
      text_ += character;
    } else {
      text_ += entity->second;
    }
  }
  return *this;
}

Html& Html::number(std::size_t number) { return markup(fixtures::with_commas(number)); }

Html& Html::element(std::string_view tag, std::string_view text) {
  const std::string_view name = tag.substr(0, tag.find(' '));
  return markup("<").markup(tag).markup(">").words(text).markup("</").markup(name).markup(">");
}

}  // namespace batchproof::properties
