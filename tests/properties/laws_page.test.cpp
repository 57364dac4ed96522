// docs/laws.md says of each law what the code says.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <batchproof/fixtures/broken_handlers.hpp>
#include <batchproof/fixtures/broken_processors.hpp>
#include <batchproof/properties/law.hpp>
#include <fstream>
#include <string>
#include <string_view>

namespace batchproof::properties {
namespace {

using ::testing::HasSubstr;

std::string code(std::string_view name) { return "`" + std::string(name) + "`"; }

/// The row of a table whose first cell is this id; empty when there is none.
std::string row_of(std::string_view id) {
  std::ifstream page(BATCHPROOF_SOURCE_DIR "/docs/laws.md");
  for (std::string line; std::getline(page, line);) {
    if (line.starts_with("| " + code(id) + " |")) return line;
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

TEST(LawsPage, NamesEachBrokenProcessorBesideItsLaw) {
  for (const auto& broken : fixtures::broken_processors()) {
    EXPECT_THAT(row_of(broken.law), HasSubstr(code(broken.name))) << broken.law;
  }
}

TEST(LawsPage, NamesEachBrokenHandler) {
  for (const auto& broken : fixtures::broken_handlers()) {
    EXPECT_THAT(row_of(broken.law), HasSubstr(code(broken.name))) << broken.law;
  }
}

}  // namespace
}  // namespace batchproof::properties
