// Base64 as users meet it: in the data of a Kinesis record.

#include <gtest/gtest.h>

#include <batchproof/batch.hpp>
#include <optional>
#include <random>
#include <string>

#include "events.hpp"

namespace batchproof {
namespace {

std::optional<std::string> decoded(const std::string& base64) {
  const auto event = decode<KinesisStreamRecord>(event_of({kinesis_record("1", base64)}));
  try {
    return std::string(event.records()[0].data());
  } catch (const RecordError&) {
    return std::nullopt;
  }
}

/// Written for the tests alone, so that it shares no mistake with the library.
std::string encoded(const std::string& bytes) {
  const std::string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string bits;
  for (const char byte : bytes) {
    for (int bit = 7; bit >= 0; --bit) bits += (static_cast<unsigned char>(byte) >> bit & 1) != 0 ? '1' : '0';
  }
  std::string text;
  for (std::size_t at = 0; at < bits.size(); at += 6) {
    text += alphabet[std::stoul((bits.substr(at, 6) + "00000").substr(0, 6), nullptr, 2)];
  }
  while (text.size() % 4 != 0) text += '=';
  return text;
}

TEST(Base64, DecodesTheVectorsOfRfc4648) {
  EXPECT_EQ(decoded(""), "");
  EXPECT_EQ(decoded("Zg=="), "f");
  EXPECT_EQ(decoded("Zm8="), "fo");
  EXPECT_EQ(decoded("Zm9v"), "foo");
  EXPECT_EQ(decoded("Zm9vYg=="), "foob");
  EXPECT_EQ(decoded("Zm9vYmE="), "fooba");
  EXPECT_EQ(decoded("Zm9vYmFy"), "foobar");
}

TEST(Base64, BringsAnyBytesBack) {
  constexpr unsigned seed = 20240611;
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  for (std::size_t size = 0; size < 300; ++size) {
    std::string bytes(size, '\0');
    for (char& byte : bytes) byte = static_cast<char>(random() & 0xFFU);
    EXPECT_EQ(decoded(encoded(bytes)), bytes);
  }
}

TEST(Base64, ReadsTextWithJsonEscapes) {
  EXPECT_EQ(decoded(R"(\/\/\/\/)"), "\xFF\xFF\xFF");
  EXPECT_EQ(decoded(R"(Zg\u003d\u003d)"), "f");
}

TEST(Base64, RefusesPaddingThatIsMissingOrTooMuch) {
  for (const char* text :
       {"Z", "Zg", "Zg=", "Zm8", "=", "==", "====", "Z===", "Zm9v====", "Zg==Zg==", "Zm9v="}) {
    EXPECT_EQ(decoded(text), std::nullopt) << text;
  }
}

TEST(Base64, RefusesOtherAlphabetsAndLineBreaks) {
  for (const char* text : {"Zm9-", "Zm9_", "Zm 9", "Zm9\\n", "Z=8=",
                           "\xC3\xA9"
                           "AA",
                           "Zm9vYmF\\u0000"}) {
    EXPECT_EQ(decoded(text), std::nullopt) << text;
  }
}

TEST(Base64, RefusesBitsThatStandForNothing) {
  EXPECT_EQ(decoded("Zh=="), std::nullopt);
  EXPECT_EQ(decoded("Zm9="), std::nullopt);
}

TEST(Base64, RefusesAgainWhatItRefusedOnce) {
  const auto event = decode<KinesisStreamRecord>(event_of({kinesis_record("1", "Zm9vYmFyZm9vYmFy!A==")}));
  for (int time = 0; time < 2; ++time) {
    try {
      event.records()[0].data();
      FAIL() << "accepted";
    } catch (const RecordError& error) {
      EXPECT_STREQ(error.what(), "/Records/0/kinesis/data: not valid base64: Zm9vYmFyZm9vYmFy!A==");
    }
  }
}

}  // namespace
}  // namespace batchproof
