// Every document: the code that it shows is part of a program that runs, the output that it shows is the
// real one, and its links have targets.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include "document.hpp"

namespace batchproof {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string place(const fs::path& document, const CodeBlock& block) {
  return document.lexically_relative(project).string() + ":" + std::to_string(block.line) + ": ";
}

/// The error in one block; empty when there is none.
std::string problem_of(const CodeBlock& block) {
  const auto& origin = block.output ? block.output : block.source;
  if (!origin) return block.language == "cpp" ? "no comment says which file runs this" : "";
  if (block.language == "cpp" && !origin->starts_with("examples/")) return "C++ must come from examples/";
  const fs::path path = project / (block.output ? *origin + ".expected" : *origin);
  if (!fs::is_regular_file(path)) return "there is no file " + path.string();
  const auto file = lines_of(read_file(path));
  if (block.output && block.is_whole_output) {
    return block.lines == file ? "" : "is not what " + *origin + " prints";
  }
  return is_part_of(block.lines, file) ? "" : "does not stand in " + *origin;
}

/// The error in one link of a document.
std::string problem_of(const std::string& link, const fs::path& document) {
  const std::size_t hash = std::min(link.find('#'), link.size());
  const fs::path target = hash == 0 ? document : document.parent_path() / link.substr(0, hash);
  if (!fs::exists(target)) return "leads nowhere: " + link;
  if (hash == link.size()) return "";
  const auto anchors = read_document(read_file(target)).anchors;
  const bool known = std::find(anchors.begin(), anchors.end(), link.substr(hash + 1)) != anchors.end();
  return known ? "" : "no such heading: " + link;
}

std::vector<std::string> problems_of(const fs::path& path, const Document& document) {
  std::vector<std::string> problems;
  for (const CodeBlock& block : document.blocks) {
    if (const auto problem = problem_of(block); !problem.empty())
      problems.push_back(place(path, block) + problem);
  }
  for (const std::string& link : document.links) {
    if (const auto problem = problem_of(link, path); !problem.empty()) {
      problems.push_back(path.lexically_relative(project).string() + ": " + problem);
    }
  }
  return problems;
}

std::vector<fs::path> documents() {
  std::vector<fs::path> paths;
  for (const fs::path& folder : {project, project / "docs", project / "docs/laws"}) {
    for (const auto& entry : fs::directory_iterator(folder)) {
      if (entry.path().extension() == ".md") paths.push_back(entry.path());
    }
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

TEST(Documents, ShowOnlyWhatIsRunAndLinkOnlyToWhatIsThere) {
  const auto paths = documents();
  ASSERT_GT(paths.size(), 10U);
  for (const fs::path& path : paths)
    EXPECT_THAT(problems_of(path, read_document(read_file(path))), IsEmpty());
}

TEST(Documents, AreAllReachedFromTheReadme) {
  std::set<fs::path> reached;
  std::vector<fs::path> open{project / "README.md"};
  while (!open.empty()) {
    const fs::path path = open.back();
    open.pop_back();
    if (!reached.insert(path).second) continue;
    for (const std::string& link : read_document(read_file(path)).links) {
      const fs::path target = (path.parent_path() / link.substr(0, link.find('#'))).lexically_normal();
      if (target.extension() == ".md") open.push_back(target);
    }
  }
  for (const fs::path& path : documents()) EXPECT_TRUE(reached.contains(path)) << path;
}

TEST(Documents, StandInTheOrderThatTheSiteGivesThem) {
  const std::string site = read_file(project / "docs/site/mkdocs.yml");
  for (const auto& entry : fs::directory_iterator(project / "docs")) {
    if (entry.path().extension() != ".md") continue;
    EXPECT_THAT(site, HasSubstr(": " + entry.path().filename().string() + "\n"))
        << "name the page under a heading of nav in docs/site/mkdocs.yml";
  }
}

TEST(Documents, TheReadmeStaysShort) { EXPECT_LE(lines_of(read_file(project / "README.md")).size(), 120U); }

TEST(Documents, TasksOfTheCookbookHaveAtMostTenLines) {
  const fs::path path = project / "docs/cookbook.md";
  const auto blocks = read_document(read_file(path)).blocks;
  ASSERT_GT(blocks.size(), 20U);
  for (const CodeBlock& block : blocks) EXPECT_LE(block.lines.size(), 10U) << place(path, block);
}

// The checks above can fail.

std::vector<std::string> problems_of_text(const std::string& markdown) {
  return problems_of(project / "README.md", read_document(markdown));
}

TEST(DocumentChecks, AcceptABlockThatStandsInItsFile) {
  EXPECT_THAT(problems_of_text(
                  "<!-- examples/getting_started_sqs.cpp -->\n```cpp\nnamespace bp = batchproof;\n```\n"),
              IsEmpty());
}

TEST(DocumentChecks, FindCodeThatNothingRuns) {
  EXPECT_THAT(problems_of_text("text\n```cpp\nint main() {}\n```\n"),
              ElementsAre("README.md:2: no comment says which file runs this"));
}

TEST(DocumentChecks, FindCodeWithinAList) {
  EXPECT_THAT(problems_of_text("- text\n\n  ```cpp\n  int main() {}\n  ```\n"),
              ElementsAre("README.md:3: no comment says which file runs this"));
}

TEST(DocumentChecks, FindCodeThatWasChanged) {
  EXPECT_THAT(problems_of_text(
                  "<!-- examples/getting_started_sqs.cpp -->\n```cpp\nnamespace bp = batch_proof;\n```\n"),
              ElementsAre("README.md:2: does not stand in examples/getting_started_sqs.cpp"));
}

TEST(DocumentChecks, FindAFileThatIsNotThere) {
  EXPECT_THAT(problems_of_text("<!-- examples/no_such.cpp -->\n```cpp\nint x;\n```\n"),
              ElementsAre(HasSubstr("there is no file")));
}

TEST(DocumentChecks, FindOutputThatWasChanged) {
  EXPECT_THAT(problems_of_text("<!-- output of examples/getting_started_sqs -->\n```text\n{}\n```\n"),
              ElementsAre("README.md:2: is not what examples/getting_started_sqs prints"));
}

TEST(DocumentChecks, AllowAPartOfAnOutputThatIsCalledSo) {
  const std::string comment = "<!-- part of the output of examples/full_batch_failure -->\n";
  EXPECT_THAT(problems_of_text(comment + "```text\n2 exceptions, one for each record\n```\n"), IsEmpty());
  EXPECT_THAT(problems_of_text(comment + "```text\n3 exceptions, one for each record\n```\n"),
              ElementsAre("README.md:2: does not stand in examples/full_batch_failure"));
}

TEST(DocumentChecks, TakeAFenceWithinALongerFenceForText) {
  EXPECT_THAT(problems_of_text("````text\n```cpp\nint x;\n```\n````\n[a](no_such.md)\n"),
              ElementsAre("README.md: leads nowhere: no_such.md"));
}

TEST(DocumentChecks, FindDeadLinks) {
  EXPECT_THAT(
      problems_of_text("[a](docs/no_such.md) [b](LICENSE)\n[c](#nowhere) [d](https://example.com/x)\n"),
      ElementsAre("README.md: leads nowhere: docs/no_such.md", "README.md: no such heading: #nowhere"));
}

TEST(DocumentChecks, AllowCodeThatIsIndentedOtherwise) {
  const std::vector<std::string> file{"class A {", "  int b() {", "    return 1;", "  }", "};"};
  EXPECT_TRUE(is_part_of({"int b() {", "  return 1;", "}"}, file));
  EXPECT_FALSE(is_part_of({"int b() {", "return 1;", "}"}, file));
  EXPECT_FALSE(is_part_of({"int b() {", "}"}, file));
}

}  // namespace
}  // namespace batchproof
