#include <gmock/gmock.h>

#include <sstream>
#include <string>
#include <vector>

#include "run_tool.hpp"

namespace batchproof::tools {
namespace {

using ::testing::AllOf;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;

TEST(Help, NamesTheCommandsAndShowsExamples) {
  const ToolRun run = run_tool({"--help"});
  EXPECT_EQ(run.status, 0);
  EXPECT_THAT(run.out, AllOf(HasSubstr("process"), HasSubstr("verify"), HasSubstr("generate"),
                             HasSubstr("Examples:\n  batchproof process")));
}

TEST(Help, OfProcessShowsItsOptionsAndExamples) {
  const ToolRun run = run_tool({"process", "--help"});
  EXPECT_EQ(run.status, 0);
  EXPECT_THAT(run.out, AllOf(HasSubstr("--fail-if-payload-contains TEXT"), HasSubstr("--skip-group-on-error"),
                             HasSubstr("Examples:\n  batchproof process event.json\n")));
}

TEST(Help, OfVerifyShowsItsOptionsAndExamples) {
  const ToolRun run = run_tool({"verify", "--help"});
  EXPECT_EQ(run.status, 0);
  EXPECT_THAT(run.out, AllOf(HasSubstr("--cases"), HasSubstr("--seed"), HasSubstr("--subject"),
                             HasSubstr("Examples:\n  batchproof verify\n")));
}

TEST(Help, FitsIntoEightyColumns) {
  for (const char* const command : {"", "process", "verify", "generate", "replay", "zoo", "simulate", "merge",
                                    "lint", "completion", "manual"}) {
    std::vector<std::string> arguments{"--help"};
    if (*command != '\0') arguments.insert(arguments.begin(), command);
    std::istringstream lines(run_tool(arguments).out);
    std::size_t count = 0;
    for (std::string line; std::getline(lines, line); ++count) EXPECT_LE(line.size(), 80U) << line;
    EXPECT_GT(count, 8U) << command;
  }
}

TEST(Version, IsThatOfTheProject) {
  const ToolRun run = run_tool({"--version"});
  EXPECT_EQ(run.status, 0);
  EXPECT_THAT(run.out, ContainsRegex("^batchproof [0-9]+\\.[0-9]+\\.[0-9]+\n$"));
}

}  // namespace
}  // namespace batchproof::tools
