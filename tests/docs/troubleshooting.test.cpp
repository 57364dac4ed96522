// docs/troubleshooting.md has a row for each message of the library, and quotes no message that is gone.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <regex>
#include <string>
#include <vector>

#include "document.hpp"

namespace batchproof {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string unescaped(const std::string& literal) {
  std::string text;
  for (std::size_t index = 0; index < literal.size(); ++index) {
    const bool is_escaped = literal[index] == '\\' && index + 1 < literal.size();
    if (is_escaped) ++index;
    text += is_escaped && literal[index] == 'n' ? '\n' : literal[index];
  }
  return text;
}

/// The string literals of C++ code; those that stand side by side are one. Comments and includes have none.
std::vector<std::string> literals_of(const std::string& code) {
  static const std::regex part(
      R"x(//[^\n]*|#include[^\n]*|'(?:[^'\\\n]|\\.)+'|"((?:[^"\\\n]|\\.)*)"|[^\s"'/]+|[^\s"])x");
  std::vector<std::string> literals;
  bool continues = false;
  for (std::sregex_iterator at(code.begin(), code.end(), part), end; at != end; ++at) {
    const std::string found = at->str();
    if (found.starts_with("//")) continue;
    const bool is_literal = found.starts_with('"');
    if (is_literal && continues) literals.back() += unescaped((*at)[1]);
    if (is_literal && !continues) literals.push_back(unescaped((*at)[1]));
    continues = is_literal;
  }
  return literals;
}

std::ptrdiff_t words_in(const std::string& text) {
  static const std::regex word("[A-Za-z_']{2,}");
  return std::distance(std::sregex_iterator(text.begin(), text.end(), word), std::sregex_iterator());
}

/// The part of a message by which a reader finds it: up to the first colon, semicolon or bracket, if that has
/// four words.
std::string beginning_of(const std::string& message) {
  const std::size_t begin = message.find_first_not_of(" ,;:");
  const std::size_t end = message.find_first_of(":;(", message.starts_with("batchproof:") ? 12 : begin);
  const std::string beginning = message.substr(begin, end - begin);
  const std::string found = words_in(beginning) < 4 ? message.substr(begin) : beginning;
  return found.substr(0, found.find_last_not_of(" ,;:\n") + 1);
}

std::vector<std::string> literals_of_the_library() {
  std::vector<std::string> all;
  for (const char* folder :
       {"src", "include", "extras/json", "extras/async", "extras/windows", "extras/envelopes",
        "extras/idempotency", "extras/aws", "extras/lambda_runtime"}) {
    for (const auto& entry : fs::recursive_directory_iterator(project / folder)) {
      if (entry.path().extension() != ".cpp" && entry.path().extension() != ".hpp") continue;
      const auto literals = literals_of(read_file(entry.path()));
      all.insert(all.end(), literals.begin(), literals.end());
    }
  }
  return all;
}

/// A condition of DynamoDB, a header of HTTP, or a format, of which no part is a sentence.
bool is_no_text(const std::string& literal) {
  return literal.find(" = :") != std::string::npos || literal.starts_with("Content-Type") ||
         literal.find("%s") != std::string::npos;
}

/// True for two words or more with a blank between them, which a name such as "kinesis/data" has not.
bool has_words(const std::string& literal) {
  static const std::regex blank("[A-Za-z'] [A-Za-z']");
  return words_in(literal) >= 2 && std::regex_search(literal, blank);
}

/// The literals that a message may be, and not names or parts of them.
std::vector<std::string> messages_of_the_library() {
  std::vector<std::string> messages = literals_of_the_library();
  std::erase_if(messages,
                [](const std::string& literal) { return !has_words(literal) || is_no_text(literal); });
  return messages;
}

/// The quotations in the first cells of the tables whose head is "message", split at `…`, and in front of the
/// advice, which the library joins to what was wrong.
std::vector<std::string> quoted_in(const std::string& page) {
  static const std::regex code("`([^`]+)`");
  std::vector<std::string> quoted;
  bool is_table_of_messages = false;
  for (const std::string& line : lines_of(page)) {
    if (line.starts_with("| message |")) is_table_of_messages = true;
    if (!line.starts_with("|")) is_table_of_messages = false;
    if (!is_table_of_messages) continue;
    const std::string cell = line.substr(0, line.find(" |", 1));
    for (std::sregex_iterator at(cell.begin(), cell.end(), code), end; at != end; ++at) {
      static const std::regex gap("…|; ");
      const std::string text = (*at)[1];
      quoted.insert(quoted.end(), std::sregex_token_iterator(text.begin(), text.end(), gap, -1), {});
    }
  }
  std::erase_if(quoted, [](const std::string& text) { return words_in(text) < 2; });
  return quoted;
}

TEST(Troubleshooting, HasARowForEachMessageOfTheLibrary) {
  const std::string page = read_file(project / "docs/troubleshooting.md");
  const std::vector<std::string> messages = messages_of_the_library();
  ASSERT_GT(messages.size(), 150U);
  std::vector<std::string> missing;
  for (const std::string& message : messages) {
    if (page.find(beginning_of(message)) == std::string::npos) missing.push_back(beginning_of(message));
  }
  EXPECT_THAT(missing, IsEmpty()) << "add what they mean, and what to do, to docs/troubleshooting.md";
}

TEST(Troubleshooting, QuotesNoMessageThatIsGone) {
  std::string all;
  for (const std::string& literal : literals_of_the_library()) all += literal + "\n";
  const std::vector<std::string> quoted = quoted_in(read_file(project / "docs/troubleshooting.md"));
  ASSERT_GT(quoted.size(), 60U);
  std::vector<std::string> gone;
  for (const std::string& text : quoted) {
    if (all.find(text) == std::string::npos) gone.push_back(text);
  }
  EXPECT_THAT(gone, IsEmpty()) << "mend or remove their rows in docs/troubleshooting.md";
}

TEST(TroubleshootingChecks, JoinTheLiteralsOfOneMessage) {
  EXPECT_THAT(
      literals_of(
          "#include \"a.hpp\"\nthrow Error(\"one \\\"text\\\" \"  // \"no\"\n  \"more\", '\"', \"b\");"),
      ElementsAre("one \"text\" more", "b"));
}

TEST(TroubleshootingChecks, TakeNoDigitSeparatorForACharacter) {
  EXPECT_THAT(literals_of("wait(1'000);\nfail(\"one\");\nwait(2'000);"), ElementsAre("one"));
}

TEST(TroubleshootingChecks, TakeTwoWordsForAMessage) {
  EXPECT_TRUE(has_words("not a byte: "));
  EXPECT_TRUE(has_words("bytes expected"));
  EXPECT_FALSE(has_words("kinesis/partitionKey"));
  EXPECT_FALSE(has_words("X-Amz-Date: "));
}

TEST(TroubleshootingChecks, LookForTheBeginningOfAMessage) {
  EXPECT_EQ(beginning_of("batchproof: a handler takes one record; mend it"),
            "batchproof: a handler takes one record");
  EXPECT_EQ(beginning_of("not JSON: it is empty"), "not JSON: it is empty");
}

}  // namespace
}  // namespace batchproof
