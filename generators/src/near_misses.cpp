#include <algorithm>
#include <array>
#include <batchproof/detail/utf8.hpp>
#include <batchproof/fixtures/json_outline.hpp>
#include <batchproof/fixtures/json_text.hpp>
#include <batchproof/generators/near_misses.hpp>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <variant>

namespace batchproof::generators {
namespace {

using Json = nlohmann::ordered_json;
using fixtures::PayloadKind;

// The kinds of near misses: the part is dropped (0), renamed, doubled, or replaced by one of some other
// values.
constexpr std::size_t renamed = 1;
constexpr std::size_t doubled = 2;
constexpr std::size_t first_value = 3;
constexpr std::size_t number_of_values = 10;
constexpr std::size_t ways = first_value + number_of_values;

constexpr std::string_view blanks = " \t\r\n";

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(blanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(blanks) + 1 - begin);
}

std::string in_quotes(std::string_view text) { return '"' + std::string(text) + '"'; }

/// A reader that keeps 32 bits makes 2 of the first, and one that keeps a double makes another whole number
/// of the second.
constexpr const char* beyond_32_bits = "4294967298";
constexpr const char* beyond_a_double = "9007199254740993";

/// A reader of whole numbers that cuts the fraction off makes the same number of both.
std::string with_fraction(std::string_view number) {
  const bool is_whole = number.find_first_not_of("-0123456789") == std::string_view::npos;
  return std::string(number) + (is_whole ? ".9" : "9");
}

constexpr std::size_t long_text = 300;
constexpr std::size_t deep_for_a_regex = 100'000;  // std::regex calls itself for each character

/// The values that replace this JSON value: null, other types, and values out of the range that a reader
/// expects.
std::array<std::string, number_of_values> other_values(std::string_view value) {
  switch (value.empty() ? '{' : value.front()) {
    case '"':
      return {"null",       "0",     "\"\"",
              "[]",         "{}",    in_quotes(std::string(long_text, 'x')),
              "true",       "\" \"", in_quotes(std::string(deep_for_a_regex, 'x')),
              "\"\\u0000\""};
    case '{':
    case '[':
      return {"null", "0", "\"\"", "[]", "{}", "false", "true", "1.5", "\"x\"", "[null]"};
    case 't':
    case 'f':
    case 'n':
      return {"null", "0", "\"\"", "[]", "{}", in_quotes(value), "1", "\"x\"", "1.5", "[true]"};
    default:
      return {
          "null",         "-1",           "0.5", "1e30", "[]", in_quotes(value), "true", with_fraction(value),
          beyond_32_bits, beyond_a_double};
  }
}

/// The same for a word of a text that is not JSON.
std::array<std::string, number_of_values> other_words(const std::string& word) {
  const std::string deep(deep_for_a_regex, 'x');
  if (fixtures::is_json(word) && word.find_first_of("0123456789") != std::string::npos) {
    return {"", "0", "-1", "0.5", "1e30", "null", with_fraction(word), beyond_32_bits, beyond_a_double, deep};
  }
  return {"", "0", "-1", "null", "true", "x", std::string(long_text, 'x'), deep, word + " " + word, "\""};
}

/// The same for an attribute as DynamoDB writes it.
std::array<Json, number_of_values> other_attributes(const Json& attribute) {
  const Json null{{"NULL", true}};
  const Json list{{"L", Json::array()}};
  const Json zero{{"N", "0"}};
  const Json empty{{"S", ""}};
  const Json map{{"M", Json::object()}};
  const Json yes{{"BOOL", true}};
  const Json fraction{{"N", "1.5"}};
  if (attribute.contains("N")) {
    return {null,
            Json{{"N", "-1"}},
            Json{{"N", "0.5"}},
            Json{{"N", "1E+30"}},
            list,
            Json{{"S", attribute["N"]}},
            yes,
            Json{{"N", with_fraction(attribute["N"].get<std::string>())}},
            Json{{"N", beyond_32_bits}},
            Json{{"N", beyond_a_double}}};
  }
  return {
      null, zero, empty, list, map, Json{{"BOOL", false}}, yes, fraction, Json{{"S", " "}}, Json{{"S", "x"}}};
}

bool is_json_of(std::string_view openings, const std::string& text) {
  const std::string_view json = trimmed(text);
  return !json.empty() && openings.find(json.front()) != std::string_view::npos && fixtures::is_json(text);
}

bool is_control(char character) noexcept {
  return static_cast<unsigned char>(character) < ' ' && blanks.find(character) == std::string_view::npos;
}

/// True for what a person could read, in place of bytes such as compressed ones.
bool is_readable(std::string_view text) {
  return detail::is_utf8(text) && std::none_of(text.begin(), text.end(), is_control);
}

}  // namespace

NearMisses::NearMisses(PayloadKind kind, std::vector<std::string> payloads)
    : kind_(kind), payloads_(std::move(payloads)) {
  for (std::size_t payload = 0; payload < payloads_.size(); ++payload) {
    const std::string& text = payloads_[payload];
    if (kind_ == PayloadKind::item) {
      if (is_json_of("{", text)) add_attributes(payload);
    } else if (is_json_of("{[", text)) {
      add_parts(payload);
    } else if (is_readable(text)) {
      add_words(payload);
    }
  }
}

std::size_t NearMisses::count() const noexcept { return places_.size() * ways; }

void NearMisses::add_parts(std::size_t payload) {
  for (const fixtures::JsonChildren& children : fixtures::json_outline(payloads_[payload])) {
    for (std::size_t index = 0; index < children.size(); ++index) {
      const auto& child = children[index];
      const std::string_view text =
          std::string_view(payloads_[payload]).substr(child.begin, child.end - child.begin);
      if (trimmed(text).empty()) continue;  // an empty object has no parts
      const auto [begin, end] = with_comma(children, index);
      places_.push_back({payload, JsonPart{child.begin, child.value, child.end, begin, end}});
    }
  }
}

void NearMisses::add_words(std::size_t payload) {
  constexpr std::string_view separators = " \t\r\n,;|=:<>/&\"'()[]{}";
  const std::string& text = payloads_[payload];
  std::size_t end = 0;
  for (;;) {
    const std::size_t begin = text.find_first_not_of(separators, end);
    if (begin == std::string::npos) return;
    end = std::min(text.find_first_of(separators, begin), text.size());
    const bool is_last = end == text.size();
    const std::size_t dropped_begin = is_last && begin > 0 ? begin - 1 : begin;
    places_.push_back({payload, Word{begin, end, dropped_begin, is_last ? end : end + 1}});
  }
}

void NearMisses::add_attributes(std::size_t payload) {
  const auto add = [&](const auto& self, const Json& attribute, const Json::json_pointer& path) -> void {
    places_.push_back({payload, Attribute{path.to_string()}});
    for (const char* const type : {"M", "L"}) {  // those that hold attributes
      if (!attribute.is_object() || !attribute.contains(type)) continue;
      for (const auto& [name, inner] : attribute[type].items()) {
        const auto within = path / type;
        self(self, inner, type == std::string_view("L") ? within / std::stoul(name) : within / name);
      }
    }
  };
  const Json item = fixtures::parse_ordered_json(payloads_[payload]);
  for (const auto& [name, attribute] : item.items()) add(add, attribute, Json::json_pointer() / name);
}

std::string NearMisses::changed(std::string text, const JsonPart& part, std::size_t way) {
  const std::size_t value_size = part.end - part.value;
  if (way >= first_value) {
    const std::string_view value = trimmed(std::string_view(text).substr(part.value, value_size));
    const std::string other = other_values(value)[way - first_value];
    return text.replace(part.value, value_size, other);
  }
  const bool is_member = part.value > part.begin;
  if (way == doubled) {  // readers disagree on which of two counts
    const std::string again = is_member ? text.substr(part.begin, part.value - part.begin) + "null"
                                        : text.substr(part.begin, value_size);
    return text.insert(part.end, ',' + again);
  }
  if (way == renamed && is_member) return text.insert(text.rfind('"', part.value - 1), "_");
  return text.erase(part.dropped_begin, part.dropped_end - part.dropped_begin);
}

std::string NearMisses::changed(std::string text, const Word& word, std::size_t way) {
  const std::string itself = text.substr(word.begin, word.end - word.begin);
  // As a body of SQS must be.
  const auto not_empty = [](const std::string& made) { return made.empty() ? " " : made; };
  if (way >= first_value)
    return not_empty(text.replace(word.begin, itself.size(), other_words(itself)[way - first_value]));
  if (way == renamed) return text.insert(word.end, "_");
  if (way == doubled) {
    const bool has_next = word.dropped_end > word.end;
    const bool has_previous = word.dropped_begin < word.begin;
    const char separator = has_next ? text[word.end] : has_previous ? text[word.dropped_begin] : ' ';
    return text.insert(word.end, separator + itself);
  }
  return not_empty(text.erase(word.dropped_begin, word.dropped_end - word.dropped_begin));
}

// An attribute within a list has no name, so it is dropped rather than renamed.
std::string NearMisses::changed(const std::string& text, const Attribute& attribute, std::size_t way) {
  const Json::json_pointer path(attribute.path);
  Json item = fixtures::parse_ordered_json(text);
  Json& attributes = item[path.parent_pointer()];
  const Json value = item[path];
  if (way >= first_value) {
    item[path] = other_attributes(value)[way - first_value];
  } else if (attributes.is_array()) {
    const auto place = attributes.begin() + std::stol(path.back());
    if (way == doubled) {
      attributes.insert(place, value);
    } else {
      attributes.erase(place);
    }
  } else {
    attributes.erase(path.back());
    if (way == renamed) attributes[path.back() + '_'] = value;
    if (way == doubled) attributes[path.back()] = Json{{"BOOL", true}};
  }
  return fixtures::to_text(item);
}

std::string NearMisses::text(std::size_t number) const {
  const Place& place = places_[number / ways];
  return std::visit(
      [&](const auto& field) { return changed(payloads_[place.payload], field, number % ways); },
      place.field);
}

}  // namespace batchproof::generators
