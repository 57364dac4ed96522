#include <array>
#include <string_view>
#include <utility>

#include "damage.hpp"

namespace batchproof::generators {
namespace {

using fixtures::Item;
using fixtures::ItemAttribute;

std::string repeated(std::string_view text, std::size_t count) {
  std::string repeats;
  repeats.reserve(text.size() * count);
  for (std::size_t index = 0; index < count; ++index) repeats += text;
  return repeats;
}

ItemAttribute nested(ItemAttribute attribute, std::size_t depth) {
  for (std::size_t level = 0; level < depth; ++level) {
    ItemAttribute list{.name = std::exchange(attribute.name, ""), .type = AttributeValue::Type::list};
    list.attributes.push_back(std::move(attribute));
    attribute = std::move(list);
  }
  return attribute;
}

}  // namespace

std::string draw_damaged_text(Draws& draws, std::string text) {
  constexpr std::array<std::string_view, 12> stray{"\"", "\\", "{",  "}", "[",       "null",
                                                   "-",  "0",  "%s", ",", "\\u0000", "99999999999999999999"};
  const std::size_t place = draws.below(text.size() + 1);
  switch (draws.below(8)) {
    case 0:
      return text.substr(0, place);
    case 1:
      return text.erase(place, draws.between(1, 8));
    case 2:
      return text.insert(place, draws.element(stray));
    case 3:
      return text + text;
    case 4:
      return "";
    case 5:
      return repeated("[", draws.between(1, 2000)) + text;
    case 6:
      return text.insert(place, std::string(draws.between(1, 70'000), 'x'));
    default:
      if (place < text.size()) text[place] = static_cast<char>(draws.below(128));
      return text;
  }
}

Item draw_damaged_item(Draws& draws, Item item) {
  constexpr std::size_t deepest_lists = 30;  // DynamoDB holds 32 levels
  if (item.empty()) return item;
  const std::size_t place = draws.below(item.size());
  ItemAttribute& attribute = item[place];
  const std::string name = attribute.name;
  switch (draws.below(6)) {
    case 0:
      item.erase(item.begin() + static_cast<std::ptrdiff_t>(place));
      break;
    case 1:
      attribute = {.name = name};
      break;
    case 2:
      attribute = {.name = name, .type = AttributeValue::Type::string, .text = draw_damaged_text(draws, "2")};
      break;
    case 3:
      attribute = {.name = name, .type = AttributeValue::Type::number, .text = std::string(38, '9')};
      break;
    case 4:
      attribute = nested(attribute, draws.between(1, deepest_lists));
      break;
    default:
      item.clear();
      break;
  }
  return item;
}

}  // namespace batchproof::generators
