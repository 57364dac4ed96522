#include <gtest/gtest.h>

#include <batchproof/detail/utf8.hpp>
#include <string>
#include <string_view>

namespace batchproof::detail {
namespace {

using namespace std::string_view_literals;

/// "3" for a character of three bytes, "-1" for an invalid part of one.
std::string first_of(std::string_view text) {
  const FirstBytes first = first_bytes(text);
  return (first.are_a_character ? "" : "-") + std::to_string(first.count);
}

TEST(Utf8, BeginsWithACharacter) {
  EXPECT_EQ(first_of("a"), "1");
  EXPECT_EQ(first_of("\0b"sv), "1");
  EXPECT_EQ(first_of("\u00E9b"), "2");
  EXPECT_EQ(first_of("\u20ACb"), "3");
  EXPECT_EQ(first_of("\U0010FFFFb"), "4");
}

TEST(Utf8, BeginsWithTheLongestPartOfACharacterThatIsCutOff) {
  EXPECT_EQ(first_of("\xE2\x82"), "-2");
  EXPECT_EQ(first_of("\xE2\x82z"), "-2");
  EXPECT_EQ(first_of("\xF0\x9F\x98"), "-3");
  EXPECT_EQ(first_of("\xC3"), "-1");
}

TEST(Utf8, RefusesContinuationsOverlongFormsSurrogatesAndWhatIsAboveUnicode) {
  for (const std::string_view text :
       {"\x80", "\xBF", "\xC0\xAF", "\xC1\xBF", "\xE0\x9F\xBF", "\xF0\x8F\xBF\xBF", "\xED\xA0\x80",
        "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF"}) {
    EXPECT_EQ(first_of(text), "-1") << text;
    EXPECT_FALSE(is_utf8(text)) << text;
  }
}

TEST(Utf8, IsCutBetweenCharacters) {
  EXPECT_EQ(whole_characters("\u20AC\u20AC", 6), "\u20AC\u20AC");
  EXPECT_EQ(whole_characters("\u20AC\u20AC", 5), "\u20AC");
  EXPECT_EQ(whole_characters("\u20AC\u20AC", 3), "\u20AC");
  EXPECT_EQ(whole_characters("\u20AC\u20AC", 2), "");
  EXPECT_EQ(whole_characters("order", 3), "ord");
}

TEST(Utf8, HasACharacterForEachByte) {
  std::string text;
  for (const int byte : {0x00, 0x7F, 0x80, 0xE9, 0xFF})
    append_character(text, static_cast<unsigned char>(byte));
  EXPECT_EQ(text, "\0\x7F\u0080\u00E9\u00FF"sv);
}

}  // namespace
}  // namespace batchproof::detail
