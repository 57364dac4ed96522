#include "text_draws.hpp"

#include <algorithm>
#include <array>
#include <batchproof/detail/utf8.hpp>
#include <string_view>
#include <utility>

namespace batchproof::generators {
namespace {

using namespace std::string_view_literals;

// Each of these has revealed a bug in some JSON reader or writer.
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
    R"({"price":12345678901234567890.123456789012345678,"emoji":"😀"})"sv,
    "true"sv,
    "false"sv,
    "01"sv,
    "-0.0"sv,
    "1e400"sv,
    R"("null")"sv,
    R"({"order_id":7,"quantity":"2"})"sv,
    R"({"quantity":2,"quantity":0})"sv,
    R"({"error":"timed out","status":"failed","success":false})"sv,
    R"({"id":"00000000-0000-4000-8000-000000000000","messageId":"1"})"sv,
    "{\"text\":\"zero \\u0000 byte\"}"sv,
    "H4sIAAAAAAACA6tWKixNzCvJLKlUsjKqBQC1DJaPDgAAAA=="sv,
    R"({"Service":"Amazon S3","Event":"s3:TestEvent","Time":"2026-01-01T00:00:00.000Z","Bucket":"b"})"sv,
    R"({"source":"aws.s3","detail-type":"Object Created","detail":{"object":{"key":"a+b%20c"}}})"sv};

/// The bytes of {"quantity":2}, packed with gzip.
constexpr std::string_view gzip_data =
    "\x1f\x8b\x08\0\0\0\0\0\x02\x03\xab\x56\x2a\x2c\x4d\xcc\x2b\xc9"
    "\x2c\xa9\x54\xb2\x32\xaa\x05\0\xb5\x0c\x96\x8f\x0e\0\0\0"sv;

constexpr std::array places{Place{"aws"sv, "us-east-2"sv, "123456789012"sv},
                            Place{"aws"sv, "eu-central-1"sv, "000000000012"sv},
                            Place{"aws-cn"sv, "cn-north-1"sv, "123456789012"sv},
                            Place{"aws-us-gov"sv, "us-gov-west-1"sv, "123456789012"sv},
                            Place{"aws-iso-b"sv, "us-isob-east-1"sv, "123456789012"sv}};

constexpr std::size_t long_text_size = 3000;

/// The text cut to the largest size, between characters.
std::string clipped(std::string drawn, const TextDraws& text) {
  drawn.resize(detail::whole_characters(drawn, text.largest_size_bytes).size());
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
  if (text.draws.one_in(16)) return clipped(std::string(gzip_data), text);
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

Place draw_place(TextDraws& text) {
  return text.plain || !text.draws.one_in(4) ? places[0] : text.draws.element(places);
}

std::string arn(const Place& place, std::string_view service, std::string_view resource) {
  std::string text = "arn:";
  for (const std::string_view part : {place.partition, service, place.region, place.account})
    (text += part) += ':';
  return text += resource;
}

AscendingTimes::AscendingTimes(TextDraws& text, const BatchTraits& traits) {
  if (text.plain) return;
  constexpr std::size_t most_minutes = 16'000;  // some 11 days
  constexpr std::array<std::int64_t, 3> steps{0, 7, 100};
  begin_ = std::chrono::minutes(text.draws.below(most_minutes) / 2 * 2);
  begin_ += std::chrono::milliseconds(text.draws.below(10'000));  // apart: compilers choose an order
  const std::int64_t step = text.draws.element(steps);
  if (!traits.plain_names) step_ = std::chrono::milliseconds(step);
}

fixtures::JsonStyle draw_style(TextDraws& text) {
  if (text.plain || text.draws.one_in(2)) return {};
  return {.escape_non_ascii = text.draws.one_in(2),
          .escape_slash = text.draws.one_in(2),
          .spaced = text.draws.one_in(3),
          .field_order = text.draws.one_in(2) ? static_cast<unsigned>(text.draws.below(24)) : 0};
}

}  // namespace batchproof::generators
