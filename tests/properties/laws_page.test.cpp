// docs/laws.md and the page of each law agree with the code.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <batchproof/properties/law.hpp>
#include <batchproof/properties/laws.hpp>
#include <batchproof/zoo/broken_handlers.hpp>
#include <batchproof/zoo/broken_processors.hpp>
#include <filesystem>
#include <fstream>
#include <functional>
#include <set>
#include <string>
#include <string_view>

namespace batchproof::properties {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

std::string code(std::string_view name) { return "`" + std::string(name) + "`"; }

/// The row of a table whose first cell is this id; empty when there is none.
std::string row_of(std::string_view id) {
  std::ifstream page(BATCHPROOF_SOURCE_DIR "/docs/laws.md");
  for (std::string line; std::getline(page, line);) {
    if (line.starts_with("| [" + code(id) + "](laws/" + std::string(id) + ".md) |")) return line;
  }
  return "";
}

void expect_row(const Law& law) {
  EXPECT_THAT(row_of(law.id), HasSubstr(std::string(law.sentence))) << law.id;
  EXPECT_THAT(row_of(law.id), HasSubstr(std::string(law.aws_page))) << law.id;
}

TEST(LawsPage, HasARowForEachLaw) {
  for (const Law& law : processor_laws()) expect_row(law);
  for (const Law& law : handler_laws()) expect_row(law);
  for (const std::string_view id : laws_seen_from_inside()) EXPECT_NE(row_of(id), "") << id;
}

/// The words of a law's own page, with one blank between them; empty when there is no page.
std::string page_of(std::string_view id) {
  std::ifstream page(BATCHPROOF_SOURCE_DIR "/docs/laws/" + std::string(id) + ".md");
  std::string words;
  for (std::string word; page >> word;) {
    if (word != ">") words += (words.empty() ? "" : " ") + word;
  }
  return words;
}

/// The sentence of a law in the second column of the table.
std::string sentence_in_row(std::string_view id) {
  const std::string row = row_of(id);
  const std::size_t begin = row.find("| ", 1) + 2;
  return row.substr(begin, row.find(" |", begin) - begin);
}

std::string with_underscores(std::string_view id) {
  std::string name(id);
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

void expect_page(const Law& law) {
  const std::string page = page_of(law.id);
  EXPECT_THAT(page, StartsWith("# " + code(law.id) + " " + std::string(law.sentence))) << law.id;
  EXPECT_THAT(page, HasSubstr(std::string(law.aws_page))) << law.id;
  EXPECT_THAT(page, HasSubstr("(../../properties/src/laws/" + with_underscores(law.id) + ".cpp)")) << law.id;
  EXPECT_THAT(page, HasSubstr("(../laws.md)")) << law.id;
}

TEST(LawPages, SayOfEachLawWhatTheCodeSays) {
  for (const Law& law : processor_laws()) expect_page(law);
  for (const Law& law : handler_laws()) expect_page(law);
  expect_page(canary);
  for (const std::string_view id : laws_seen_from_inside()) {
    EXPECT_THAT(page_of(id), StartsWith("# " + code(id) + " " + sentence_in_row(id))) << id;
  }
}

TEST(LawPages, AreOfLawsThatExist) {
  std::set<std::string, std::less<>> pages{std::string(canary.id)};
  for (const Law& law : processor_laws()) pages.emplace(law.id);
  for (const Law& law : handler_laws()) pages.emplace(law.id);
  for (const std::string_view id : laws_seen_from_inside()) pages.emplace(id);
  for (const auto& entry : std::filesystem::directory_iterator(BATCHPROOF_SOURCE_DIR "/docs/laws")) {
    EXPECT_TRUE(pages.contains(entry.path().stem().string())) << entry.path();
  }
}

TEST(LawsPage, NamesEachBrokenProcessorBesideItsLaw) {
  for (const auto& broken : zoo::broken_processors()) {
    EXPECT_THAT(row_of(broken.law), HasSubstr(code(broken.name))) << broken.law;
  }
}

TEST(LawsPage, NamesEachBrokenHandler) {
  for (const auto& broken : zoo::broken_handlers()) {
    EXPECT_THAT(row_of(broken.law), HasSubstr(code(broken.name))) << broken.law;
  }
}

}  // namespace
}  // namespace batchproof::properties
