// Text is what JSON says it is: the same as another library reads, byte for byte.

#include <gtest/gtest.h>

#include <batchproof/batch.hpp>
#include <nlohmann/json.hpp>
#include <optional>
#include <random>
#include <string>
#include <string_view>

#include "events.hpp"

namespace batchproof {
namespace {

/// A body read as the one that is decoded in place, and as an attribute that is decoded aside.
struct Reading {
  std::optional<std::string> in_place;
  std::optional<std::string> aside;
};

Reading read(const std::string& json_string) {
  Reading reading;
  std::string payload = R"({"Records":[{"messageId":"1","eventSource":"aws:sqs","body":)";
  payload += json_string + R"(,"attributes":{"SenderId":)" + json_string + "}}]}";
  const auto event = decode<SqsRecord>(payload);
  try {
    reading.in_place = event.records()[0].body();
  } catch (const RecordError&) {  // the missing text shows it
  }
  try {
    reading.aside = event.records()[0].attributes().sender_id();
  } catch (const RecordError&) {  // the missing text shows it
  }
  return reading;
}

std::optional<std::string> read_by_nlohmann(const std::string& json_string) {
  const auto parsed = nlohmann::json::parse(json_string, nullptr, false);
  if (!parsed.is_string()) return std::nullopt;
  return parsed.get<std::string>();
}

/// Strings full of escapes, good and bad, in every mixture.
std::string random_json_string(std::mt19937& random) {
  static constexpr std::string_view pieces[] = {
      "a",
      "xyz",
      R"(\n)",
      R"(\t)",
      R"(\")",
      R"(\\)",
      R"(\/)",
      R"(\b)",
      R"(\f)",
      R"(\r)",
      "\xC3\xA9",
      "\xE2\x9C\x93",
      "\xF0\x9F\x98\x80",
      R"(\u0041)",
      R"(\u00e9)",
      R"(\u0000)",
      R"(\ud83d\ude00)",
      R"(\uFFFF)",
      " ",
      "{",
      "]",
      ":",
      ",",
      "a long run of plain text without anything special in it, longer than a register"};
  static constexpr std::string_view bad_pieces[] = {R"(\ud83d)", R"(\udc00)", R"(\x)",
                                                    R"(\u12)",   R"(\u12g4)", R"(\ud83d\u0041)"};
  std::string text = "\"";
  const auto count = random() % 12;
  for (unsigned piece = 0; piece < count; ++piece) text += pieces[random() % std::size(pieces)];
  if (random() % 8 == 0) text += bad_pieces[random() % std::size(bad_pieces)];
  return text + "\"";
}

TEST(EventText, ReadsRandomStringsAsNlohmannDoes) {
  constexpr unsigned seed = 20240610;
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  for (int round = 0; round < 5'000; ++round) {
    const std::string json_string = random_json_string(random);
    const auto expected = read_by_nlohmann(json_string);
    const Reading reading = read(json_string);
    ASSERT_EQ(reading.in_place, expected) << json_string;
    ASSERT_EQ(reading.aside, expected) << json_string;
  }
}

TEST(EventText, ReadsEveryEscapeOfOneUnit) {
  for (unsigned unit = 0; unit < 0x10000; unit += 13) {
    const bool surrogate = unit >= 0xD800 && unit < 0xE000;
    if (surrogate) continue;
    std::string digits;
    for (int shift = 12; shift >= 0; shift -= 4) digits += "0123456789abcDEF"[unit >> shift & 0xFU];
    const std::string json_string = R"("<\u)" + digits + R"(>")";
    ASSERT_EQ(read(json_string).in_place, read_by_nlohmann(json_string)) << json_string;
  }
}

TEST(EventText, LeavesTheNeighboursOfADecodedTextAlone) {
  const auto event =
      decode<SqsRecord>(event_of({sqs_record("1", R"(\n\n\n\n)"), sqs_record("2", R"(\u00e9)")}));
  EXPECT_EQ(event.records()[0].body(), "\n\n\n\n");
  EXPECT_EQ(event.records()[1].body(), "\xC3\xA9");
  for (const SqsRecord& record : event.records()) {
    EXPECT_EQ(record.receipt_handle(), "handle");
    EXPECT_EQ(record.attributes().sender_id(), "AIDA");
    EXPECT_EQ(record.md5_of_body(), "5d41");
  }
}

}  // namespace
}  // namespace batchproof
