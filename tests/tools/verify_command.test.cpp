#include <gmock/gmock.h>

#include <batchproof/properties/law.hpp>
#include <batchproof/zoo/broken_handlers.hpp>
#include <batchproof/zoo/broken_processors.hpp>
#include <nlohmann/json.hpp>
#include <set>

#include "run_tool.hpp"

namespace batchproof::tools {
namespace {

using nlohmann::json;
using ::testing::AllOf;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(VerifyCommand, ShowsThatEveryLawHolds) {
  const ToolRun run = run_tool({"verify", "--cases", "20", "--seed", "7"});
  expect_success_with_every_law(run);
  EXPECT_THAT(run.out,
              AllOf(HasSubstr("seed 7, 20 random batches"), ContainsRegex("sqs +sqs_fifo +kinesis +dynamodb"),
                    HasSubstr("Every law held on "), Not(HasSubstr("\x1b"))));
}

TEST(VerifyCommand, BreaksSentencesIntoLines) {
  const ToolRun run =
      run_tool({"verify", "--subject", "broken:skip_group_ignored", "--cases", "20", "--seed", "7"});
  const std::string sentences = run.out.substr(0, run.out.find("\n  expected  "));
  EXPECT_THAT(sentences, HasSubstr("\n  violated  "));
  EXPECT_LE(widest_line(sentences), 80U) << sentences;
  EXPECT_THAT(run.out, ContainsRegex("\n  expected  an error, or [{][^\n]*[}]\n")) << "it may be copied";
}

TEST(VerifyCommand, ShowsTheSameFactsAsJson) {
  const ToolRun run = run_tool({"verify", "--cases", "5", "--seed", "7", "--json"});
  EXPECT_EQ(run.status, 0);
  const json facts = json::parse(run.out);
  EXPECT_EQ(facts.at("passed"), true);
  EXPECT_EQ(facts.at("seed"), 7);
  const std::set<std::string> every_source{"sqs", "sqs_fifo", "kinesis", "dynamodb", "kafka"};
  std::set<std::string> sources;
  std::set<std::string> sources_of_coroutines;
  for (const json& result : facts.at("runs")) {
    EXPECT_EQ(result.at("report").at("passed"), true) << result;
    for (const json& source : result.at("sources")) {
      sources.insert(source);
      if (result.at("mode") == "coroutines") sources_of_coroutines.insert(source);
    }
  }
  EXPECT_EQ(sources, every_source);
  EXPECT_EQ(sources_of_coroutines, every_source);
}

TEST(VerifyCommand, VerifiesTheSourcesThatItIsAskedFor) {
  const json facts = json::parse(
      run_tool({"verify", "--cases", "2", "--source", "kinesis", "--source", "sqs_fifo", "--json"}).out);
  std::set<std::string> sources;
  for (const json& result : facts.at("runs")) {
    for (const json& source : result.at("sources")) sources.insert(source);
  }
  EXPECT_EQ(sources, (std::set<std::string>{"kinesis", "sqs_fifo"}));
}

TEST(VerifyCommand, DrawsTheSameBatchesFromTheSameSeed) {
  const std::vector<std::string> arguments{"verify", "--subject", "broken:fifo_forgets_unhandled",
                                           "--seed", "3",         "--json"};
  json first = json::parse(run_tool(arguments).out);
  json second = json::parse(run_tool(arguments).out);
  for (json* facts : {&first, &second}) facts->erase("seconds");
  EXPECT_EQ(first, second);
}

/// The part of the output that does not depend on how many small cases fit into their time.
json facts_of_processes(const std::string& jobs) {
  const json facts =
      json::parse(run_tool({"verify", "--cases", "20", "--seed", "3", "--json", "--jobs", jobs}).out);
  json kept = json::array();
  for (const json& run : facts.at("runs")) {
    const json& report = run.at("report");
    kept.push_back({run.at("subject"), run.at("mode"), run.at("sources"), report.at("passed"),
                    report.at("cases"), report.at("seed")});
  }
  return kept;
}

TEST(VerifyCommand, FindsTheSameInProcessesThatShareTheRuns) {
  const json alone = facts_of_processes("1");
  EXPECT_GT(alone.size(), 5U);
  EXPECT_EQ(facts_of_processes("2"), alone);
  EXPECT_EQ(facts_of_processes("50"), alone);
}

TEST(VerifyCommand, ListsItsSubjectsAndTheirFaults) {
  const ToolRun run = run_tool({"verify", "--list-subjects"});
  EXPECT_EQ(run.status, 0);
  EXPECT_THAT(run.out, AllOf(HasSubstr("processors"), HasSubstr("sample_handler")));
  for (const auto& broken : zoo::broken_processors()) {
    EXPECT_THAT(run.out, ContainsRegex("broken:" + broken.name + " .*" + broken.fault));
  }
}

/// The names of all broken processors and handlers of the fixtures.
std::vector<std::string> broken_names() {
  std::vector<std::string> names;
  for (const auto& broken : zoo::broken_processors()) names.push_back(broken.name);
  for (const auto& broken : zoo::broken_handlers()) names.push_back(broken.name);
  return names;
}

TEST(VerifyCommand, KnowsEachBrokenSubjectByAName) {
  const auto names = broken_names();
  EXPECT_EQ(std::set(names.begin(), names.end()).size(), names.size());
}

class BrokenSubjects : public ::testing::TestWithParam<std::string> {};

/// 200 cases show each fault (`batchproof zoo`), and the sources without it take a fifth of the time.
TEST_P(BrokenSubjects, ViolateALawAndGiveStatusOne) {
  const ToolRun run =
      run_tool({"verify", "--subject", "broken:" + GetParam(), "--seed", "1", "--cases", "200"});
  EXPECT_EQ(run.status, 1) << run.out << run.error;
  EXPECT_EQ(run.error, "");
  EXPECT_THAT(
      run.out,
      AllOf(ContainsRegex("the law [a-z-]+ is (violated|flaky)"), ContainsRegex("  pattern   [ox?(0-9]"),
            ContainsRegex("batchproof verify --subject broken:" + GetParam() + " --source [a-z_]+"),
            HasSubstr("Violated")));
}

INSTANTIATE_TEST_SUITE_P(All, BrokenSubjects, ::testing::ValuesIn(broken_names()),
                         [](const auto& test) { return test.param; });

TEST(BrokenSubjects, AreReplayedByTheCommandThatTheyPrint) {
  const ToolRun run = run_tool({"verify", "--subject", "broken:skip_group_ignored", "--seed", "5"});
  EXPECT_THAT(run.out,
              HasSubstr("batchproof verify --subject broken:skip_group_ignored --source sqs_fifo --seed 5 "
                        "--cases 1000"));
  EXPECT_THAT(run.out, ContainsRegex("  pattern   x[ox]+\n"));
  EXPECT_THAT(run.out, HasSubstr("the law skip-the-group is violated"));
}

}  // namespace
}  // namespace batchproof::tools
