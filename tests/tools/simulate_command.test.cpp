#include <gmock/gmock.h>

#include <fstream>

#include <nlohmann/json.hpp>

#include "run_tool.hpp"

namespace batchproof::tools {
namespace {

using nlohmann::json;
using ::testing::AllOf;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;

TEST(SimulateCommand, ShowsWhatBecameOfTheMessages) {
  const ToolRun run = run_tool({"simulate", "--source", "fifo", "--messages", "1000", "--poison", "3",
                                "--crash-rate", "0.01", "--seed", "7"});
  EXPECT_EQ(run.status, 0) << run.error;
  EXPECT_EQ(run.error, "");
  EXPECT_THAT(run.out, AllOf(ContainsRegex("messages +1,000"), ContainsRegex("dead-lettered +[1-9]"),
                             ContainsRegex("never tried +[0-9]"), ContainsRegex("lost +0\n"),
                             ContainsRegex("handler calls +[0-9,]+\n    wasted +[0-9]"),
                             HasSubstr("Every law held, seed 7")));
  EXPECT_THAT(read_file(BATCHPROOF_SOURCE_DIR "/docs/simulator.md"), HasSubstr(run.out.substr(1)));
}

TEST(SimulateCommand, ComparesWithAndWithoutPartialResponses) {
  const ToolRun run = run_tool({"simulate", "--poison", "20", "--seed", "7", "--compare", "--json"});
  EXPECT_EQ(run.status, 0) << run.error;
  const json runs = json::parse(run.out).at("runs");
  ASSERT_EQ(runs.size(), 3U);
  EXPECT_EQ(runs[0].at("figures").at("lost"), 0);
  EXPECT_EQ(runs[0].at("figures").at("wasted_handler_calls"), 0);
  EXPECT_GT(runs[1].at("figures").at("wasted_handler_calls"), 100);
  EXPECT_EQ(runs[2].at("figures").at("lost"), 20);
  EXPECT_EQ(runs[2].at("broken_law"), "nothing-vanishes");
}

TEST(SimulateCommand, ShowsTheSmallestWorldThatBreaksALaw) {
  const ToolRun run = run_tool({"simulate", "--source", "dynamodb", "--subject",
                                "broken:last_failure_as_checkpoint", "--flaky-rate", "0.2", "--seed", "7"});
  EXPECT_EQ(run.status, 1) << run.error;
  EXPECT_THAT(run.out, AllOf(HasSubstr("the law nothing-skipped is violated"),
                             HasSubstr("the smallest world"), HasSubstr("nothing-skipped violated, seed 7")));
}

TEST(SimulateCommand, RunsRandomWorldsUntilSoManyDeliveries) {
  const ToolRun run = run_tool({"simulate", "--soak", "5000", "--seed", "7"});
  EXPECT_EQ(run.status, 0) << run.out;
  EXPECT_THAT(run.out, ContainsRegex("^Every law held: [5-9],[0-9]+ deliveries in [0-9]+ random worlds of 4 "
                                     "sources, seed 7, [0-9.]+ s\n$"));
}

TEST(SimulateCommand, ReplaysATrace) {
  const ToolRun kept = run_tool({"simulate", "--messages", "5", "--poison", "1", "--seed", "7", "--trace"});
  const std::string file = ::testing::TempDir() + "batchproof_trace.jsonl";
  std::ofstream(file) << kept.out;
  const ToolRun same = run_tool({"simulate", "--replay", file});
  EXPECT_EQ(same.status, 0) << same.error;
  EXPECT_THAT(same.out, ContainsRegex("^The same [0-9]+ lines\n$"));
  const ToolRun other = run_tool({"simulate", "--replay", file, "--subject", "broken:loses_last_failure"});
  EXPECT_EQ(other.status, 1);
  EXPECT_THAT(other.out, ContainsRegex("^Line [0-9]+ differs\n  before  [{].*\n  now     [{]"));
}

TEST(SimulateCommand, RefusesATraceThatHoldsNoWorld) {
  const std::string file = ::testing::TempDir() + "batchproof_no_trace.jsonl";
  std::ofstream(file) << "{}\n";
  const ToolRun run = run_tool({"simulate", "--replay", file});
  EXPECT_EQ(run.status, 2);
  EXPECT_THAT(run.error, HasSubstr("the first line of the trace holds no world"));
}

TEST(SimulateCommand, PrintsATrace) {
  const ToolRun run = run_tool({"simulate", "--messages", "5", "--poison", "1", "--seed", "7", "--trace"});
  EXPECT_EQ(run.status, 0);
  EXPECT_THAT(run.out,
              AllOf(HasSubstr(R"({"world":{"source":"sqs","seed":7,)"), HasSubstr(R"("what":"at_rest"})")));
}

}  // namespace
}  // namespace batchproof::tools
