#include "odd_fields.hpp"

#include <algorithm>
#include <array>
#include <batchproof/fixtures/json_text.hpp>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

namespace batchproof::generators {
namespace {

using namespace std::string_view_literals;

struct OddValue {
  std::string_view json;
  std::optional<std::string_view> shown{};  ///< nothing: it cannot be read
};

/// Strings, and what must not pass for one.
constexpr std::array odd_texts{OddValue{"7"},
                               OddValue{"true"},
                               OddValue{"null"},
                               OddValue{"[]"},
                               OddValue{R"({"a":"b"})"},
                               OddValue{R"("")", ""sv},
                               OddValue{R"("\u0000")", "\0"sv},
                               OddValue{R"("\ud83d\ude00")", "😀"sv},
                               OddValue{R"("\/\b\f\n\r\t\"\\")", "/\b\f\n\r\t\"\\"sv}};

constexpr std::array odd_texts_of_milliseconds{
    OddValue{R"("-1")"},
    OddValue{R"("x")"},
    OddValue{R"("")"},
    OddValue{R"("1.5")"},
    OddValue{R"(" 1")"},
    OddValue{R"("1 ")"},
    OddValue{R"("+1")"},
    OddValue{R"("1e3")"},
    OddValue{R"("9223372036855")"},  // nanoseconds reach no further
    OddValue{R"("99999999999999999999")"},
    OddValue{"17"},
    OddValue{"null"},
    OddValue{R"("0")", "0"sv},
    OddValue{R"("1")", "1000"sv},
    OddValue{R"("9223372036854")", "9223372036854000"sv}};

constexpr std::array odd_numbers_of_milliseconds{OddValue{"-2"},
                                                 OddValue{"1.5"},
                                                 OddValue{"1e3"},
                                                 OddValue{"9223372036855"},
                                                 OddValue{"99999999999999999999"},
                                                 OddValue{R"("17")"},
                                                 OddValue{"true"},
                                                 OddValue{"null"},
                                                 OddValue{"-1", "-1000"sv},  // Kafka's "no timestamp"
                                                 OddValue{"0", "0"sv},
                                                 OddValue{"9223372036854", "9223372036854000"sv}};

constexpr std::array odd_numbers_of_seconds{OddValue{"-1"},
                                            OddValue{"-0.001"},
                                            OddValue{"9000000000"},
                                            OddValue{"1e300"},
                                            OddValue{R"("17")"},
                                            OddValue{"true"},
                                            OddValue{"null"},
                                            OddValue{"0", "0"sv},
                                            OddValue{"0.5", "500000"sv},
                                            OddValue{"1.000001", "1000001"sv},
                                            OddValue{"8999999999", "8999999999000000"sv}};

constexpr std::array odd_numbers_of_some_unit{OddValue{"-1"},
                                              OddValue{"-0.001"},
                                              OddValue{"9000000000"},
                                              OddValue{"999999999999"},
                                              OddValue{"9e12"},
                                              OddValue{"9e15"},
                                              OddValue{R"("17")"},
                                              OddValue{"null"},
                                              OddValue{"0", "0"sv},
                                              OddValue{"0.5", "500000"sv},
                                              OddValue{"8999999999", "8999999999000000"sv},
                                              OddValue{"1e12", "1000000000000000"sv},
                                              OddValue{"8.9e12", "8900000000000000"sv},
                                              OddValue{"1e15", "1000000000000000"sv}};

constexpr std::array odd_whole_numbers{
    OddValue{"-1"},       OddValue{"1.5"},
    OddValue{"1e3"},      OddValue{"18446744073709551616"},
    OddValue{R"("1")"},   OddValue{"null"},
    OddValue{"0", "0"sv}, OddValue{"18446744073709551615", "18446744073709551615"sv}};

/// Base64 with its padding, and without bits that stand for nothing (RFC 4648, sections 3.2 and 3.5).
constexpr std::array odd_base64_texts{OddValue{R"("A")"},
                                      OddValue{R"("AB")"},
                                      OddValue{R"("AAA")"},
                                      OddValue{R"("A===")"},
                                      OddValue{R"("====")"},
                                      OddValue{R"("=AAA")"},
                                      OddValue{R"("AA=A")"},
                                      OddValue{R"("AB==")"},
                                      OddValue{R"("AI==")"},
                                      OddValue{R"("AAB=")"},
                                      OddValue{R"("AAC=")"},
                                      OddValue{R"("AA A")"},
                                      OddValue{R"("*AAA")"},
                                      OddValue{R"("AAA-")"},
                                      OddValue{R"("AAAA=")"},
                                      OddValue{R"("AAAAA")"},
                                      OddValue{"7"},
                                      OddValue{"null"},
                                      OddValue{R"("")", ""sv},
                                      OddValue{R"("AA==")", "\0"sv},
                                      OddValue{R"("AQ==")", "\x01"sv},
                                      OddValue{R"("AAE=")", "\0\x01"sv},
                                      OddValue{R"("AAAB")", "\0\0\x01"sv},
                                      OddValue{R"("//8=")", "\xFF\xFF"sv},
                                      OddValue{R"("+/+/")", "\xFB\xFF\xBF"sv},
                                      OddValue{R"("A\/\/8")", "\x03\xFF\xFC"sv},
                                      OddValue{R"("\u0041AAA")", "\0\0\0"sv}};

/// Attributes of an item; none of them can be read.
constexpr std::array odd_attributes{OddValue{R"({"S":7})"},
                                    OddValue{R"({"N":5})"},
                                    OddValue{R"({"X":"y"})"},
                                    OddValue{"{}"},
                                    OddValue{"[]"},
                                    OddValue{R"("text")"},
                                    OddValue{R"({"S":"a","N":"1"})"},
                                    OddValue{R"({"BOOL":1})"},
                                    OddValue{R"({"BOOL":"true"})"},
                                    OddValue{R"({"B":"*AAA"})"},
                                    OddValue{R"({"B":"AB=="})"},
                                    OddValue{R"({"SS":"a"})"},
                                    OddValue{R"({"SS":["a",1]})"},
                                    OddValue{R"({"NS":{}})"},
                                    OddValue{R"({"BS":["AA==","A"]})"},
                                    OddValue{R"({"M":[]})"},
                                    OddValue{R"({"M":"m"})"},
                                    OddValue{R"({"L":{}})"}};

std::span<const OddValue> values_of(OddKind kind) {
  switch (kind) {
    case OddKind::text:
      return odd_texts;
    case OddKind::digits_of_milliseconds:
      return odd_texts_of_milliseconds;
    case OddKind::milliseconds:
      return odd_numbers_of_milliseconds;
    case OddKind::seconds:
      return odd_numbers_of_seconds;
    case OddKind::seconds_by_size:
      return odd_numbers_of_some_unit;
    case OddKind::whole_number:
      return odd_whole_numbers;
    case OddKind::base64:
      return odd_base64_texts;
    case OddKind::item:
      break;
  }
  return odd_attributes;
}

using fixtures::SeenField;
using fixtures::SeenFields;

/// Lists the value among the fields that a handler must see, in the place of the one before it.
void show(SeenFields& fields, SeenFields::const_iterator place,
          const std::optional<std::string_view>& value) {
  if (value) {
    fields.set_value(place, *value);
  } else {
    fields.erase(place);
  }
}

/// Where the names of members stand that begin with a letter, after their quote.
std::vector<std::size_t> places_of_names(std::string_view json) {
  std::vector<std::size_t> places;
  for (std::size_t end = json.find("\":"); end != std::string_view::npos; end = json.find("\":", end + 1)) {
    const std::size_t begin = json.rfind('"', end - 1);
    // Within a text each quote stands behind a backslash.
    if (json[end - 1] == '\\' || json[begin - 1] == '\\' || begin + 1 == end) continue;
    const char first = json[begin + 1];
    if ((first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z')) places.push_back(begin + 1);
  }
  return places;
}

/// Writes one name in another way that means the same: with an escape, or with white space before its colon.
void respell_a_name(Draws& draws, fixtures::CaseRecord& record) {
  constexpr std::string_view hexadecimal = "0123456789abcdef";
  const auto places = places_of_names(record.json);
  if (places.empty()) return;
  const std::size_t begin = draws.element(places);
  const std::size_t end = record.json.find('"', begin);
  record.odd_field = record.json.substr(begin, end - begin);
  if (draws.one_in(3)) {
    record.json.insert(end + 1, " \t\r\n");
    return;
  }
  const std::size_t place = draws.between(begin, end - 1);
  const auto byte = static_cast<unsigned char>(record.json[place]);
  if (record.odd_field.find('\\') != std::string::npos || byte >= 0x80) return;
  record.json.replace(place, 1, std::string("\\u00") + hexadecimal[byte / 16] + hexadecimal[byte % 16]);
}

/// Gives one of the fields another value.
void make_value_odd(Draws& draws, std::span<const OddField> fields, fixtures::CaseRecord& record) {
  constexpr const char* placeholder = "odd value of a field";
  const OddField& field = fields[draws.below(fields.size())];
  const auto values = values_of(field.kind);
  const OddValue& odd = values[draws.below(values.size())];
  const auto place = std::find_if(record.fields.begin(), record.fields.end(),
                                  [&](const SeenField& seen) { return seen.name == field.name; });
  auto json = fixtures::parse_ordered_json(record.json);
  const nlohmann::ordered_json::json_pointer pointer{std::string(field.pointer)};
  if (place == record.fields.end() || !json.contains(pointer)) return;
  if (!field.unless.empty() && json.contains(nlohmann::ordered_json::json_pointer{std::string(field.unless)}))
    return;
  record.odd_field = field.name;
  if (field.kind == OddKind::item) {
    auto& item = json[pointer];
    item[placeholder] = placeholder;
    show(record.fields, place, std::to_string(item.size()));
    record.odd_field.append(".").append(placeholder);
  } else {
    json[pointer] = placeholder;
    show(record.fields, place, odd.shown);
  }
  const std::string quoted = '"' + std::string(placeholder) + '"';
  record.json = fixtures::to_text(json);
  record.json.replace(record.json.rfind(quoted), quoted.size(), odd.json);
}

}  // namespace

void make_odd(Draws& draws, std::span<const OddField> fields, fixtures::CaseRecord& record) {
  if (draws.one_in(3)) return respell_a_name(draws, record);
  make_value_odd(draws, fields, record);
}

}  // namespace batchproof::generators
