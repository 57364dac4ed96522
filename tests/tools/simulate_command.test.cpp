#include <gmock/gmock.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <utility>

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

TEST(SimulateCommand, ShowsTheSmallestWorldThatViolatesALaw) {
  const ToolRun run = run_tool({"simulate", "--source", "dynamodb", "--subject",
                                "broken:last_failure_as_checkpoint", "--flaky-rate", "0.2", "--seed", "7"});
  EXPECT_EQ(run.status, 1) << run.error;
  EXPECT_THAT(run.out, AllOf(HasSubstr("the law nothing-skipped is violated"),
                             HasSubstr("the smallest world"), HasSubstr("nothing-skipped violated, seed 7")));
}

TEST(SimulateCommand, RunsTheSmallestWorldOfAReportAgain) {
  const std::vector<std::string> subject{"simulate", "--subject", "broken:last_failure_as_checkpoint",
                                         "--json"};
  std::vector<std::string> found = subject;
  found.insert(found.end(), {"--source", "dynamodb", "--flaky-rate", "0.2", "--seed", "7"});
  const json run = json::parse(run_tool(found).out).at("runs").at(0);
  for (const std::string& world : {run.at("smallest_world").dump(), run.at("trace").at(0).dump()}) {
    std::vector<std::string> again = subject;
    again.insert(again.end(), {"--world", world});
    const ToolRun ran = run_tool(again);
    EXPECT_EQ(ran.status, 1) << ran.error;
    EXPECT_EQ(json::parse(ran.out).at("world"), run.at("smallest_world"));
    EXPECT_EQ(json::parse(ran.out).at("runs").at(0).at("broken_law"), run.at("broken_law"));
  }
}

TEST(SimulateCommand, RefusesAWorldThatIsNone) {
  for (const char* const world : {"", "{}", "[]", "{\"world\":7}", "no JSON"})
    expect_one_complaint(run_tool({"simulate", "--world", world}), "--world: ");
  expect_one_complaint(run_tool({"simulate", "--world", "{}", "--seed", "7"}), "--seed");
}

TEST(SimulateCommand, SaysWhenMostOfAStreamExpiredUntried) {
  std::vector<std::string> arguments{"simulate", "--source",   "kinesis", "--groups", "1", "--poison",
                                     "1",        "--messages", "100",     "--seed",   "7"};
  const ToolRun endless = run_tool(arguments);
  EXPECT_EQ(endless.status, 0) << endless.out << endless.error;
  EXPECT_THAT(in_one_line(endless.error),
              HasSubstr("expired behind records that fail each time, and never succeeded"));
  EXPECT_LE(widest_line(endless.error), 80U);
  arguments.insert(arguments.end(), {"--retries", "3"});
  EXPECT_EQ(run_tool(arguments).error, "");
}

TEST(SimulateCommand, PlaysPipes) {
  const ToolRun right = run_tool({"simulate", "--source", "kinesis_pipe", "--poison", "2", "--retries", "3",
                                  "--stop-on-first-failure", "--compare", "--seed", "7", "--json"});
  EXPECT_EQ(right.status, 0) << right.error;
  const json facts = json::parse(right.out);
  EXPECT_EQ(facts.at("world").at("source"), "kinesis_pipe");
  EXPECT_EQ(facts.at("runs").size(), 3U) << "a pipe whose response is not read does not exist";
  EXPECT_EQ(facts.at("runs")[0].at("figures").at("lost"), 0);
  const ToolRun broken =
      run_tool({"simulate", "--source", "dynamodb_pipe", "--subject", "broken:reports_a_checkpoint_to_a_pipe",
                "--poison", "100", "--retries", "3", "--seed", "7"});
  EXPECT_EQ(broken.status, 1) << broken.error;
  EXPECT_THAT(broken.out, HasSubstr("nothing-vanishes violated, seed 7"));
  expect_one_complaint(run_tool({"simulate", "--source", "sqs_pipe", "--no-reporting"}),
                       "a pipe always reads the response");
}

TEST(SimulateCommand, RunsRandomWorldsUntilSoManyDeliveries) {
  const ToolRun run = run_tool({"simulate", "--soak", "5000", "--seed", "7"});
  EXPECT_EQ(run.status, 0) << run.out;
  EXPECT_THAT(run.out, ContainsRegex("^Every law held: [5-9],[0-9]+ deliveries in [0-9]+ random worlds of 11 "
                                     "sources, seed 7, [0-9.]+ s\n$"));
}

TEST(SimulateCommand, ReplaysATrace) {
  const ToolRun kept = run_tool({"simulate", "--messages", "5", "--poison", "1", "--seed", "7", "--trace"});
  const std::string file = scratch_path("trace.jsonl");
  std::ofstream(file) << kept.out;
  const ToolRun same = run_tool({"simulate", "--replay", file});
  EXPECT_EQ(same.status, 0) << same.error;
  EXPECT_THAT(same.out, ContainsRegex("^The same [0-9]+ lines\n$"));
  const ToolRun other = run_tool({"simulate", "--replay", file, "--subject", "broken:loses_last_failure"});
  EXPECT_EQ(other.status, 1);
  EXPECT_THAT(other.out, ContainsRegex("^Line [0-9]+ differs\n  before  [{].*\n  now     [{]"));
}

TEST(SimulateCommand, RefusesATraceThatHoldsNoWorld) {
  const std::string file = scratch_path("no_trace.jsonl");
  std::ofstream(file) << "{}\n";
  const ToolRun run = run_tool({"simulate", "--replay", file});
  EXPECT_EQ(run.status, 2);
  EXPECT_THAT(run.error, HasSubstr("the first line of the trace holds no world"));
}

TEST(SimulateCommand, RefusesATraceWithNumbersThatDoNotFit) {
  const std::string kept = run_tool({"simulate", "--messages", "1", "--seed", "7", "--trace"}).out;
  for (const auto& [name, number] :
       std::vector<std::pair<std::string, std::string>>{{"messages", "1000000000000"},
                                                        {"messages", "-1"},
                                                        {"max_receive_count", "4294967301"},
                                                        {"sent_every_ms", "9223372036854775807"},
                                                        {"visibility_timeout_ms", "1e300"},
                                                        {"crash_rate", "1e300"},
                                                        {"concurrency", "18446744073709551615"}}) {
    std::string trace = kept;
    const std::size_t begin = trace.find('"' + name + "\":") + name.size() + 3;
    trace.replace(begin, trace.find_first_of(",}", begin) - begin, number);
    expect_one_complaint(run_tool({"simulate", "--replay", "-"}, trace), name);
  }
}

TEST(SimulateCommand, ShowsControlCharactersOfATraceEscaped) {
  std::string trace = run_tool({"simulate", "--messages", "2", "--seed", "7", "--trace"}).out;
  trace.insert(trace.find('\n') + 1, "\x1b[2J\xE2\x80\xAE");
  const ToolRun run = run_tool({"simulate", "--replay", "-"}, trace);
  EXPECT_EQ(run.status, 1) << run.error;
  EXPECT_THAT(run.out, HasSubstr("before  \\x1B[2J\\u202E{"));
}

TEST(SimulateCommand, PrintsATrace) {
  const ToolRun run = run_tool({"simulate", "--messages", "5", "--poison", "1", "--seed", "7", "--trace"});
  EXPECT_EQ(run.status, 0);
  EXPECT_THAT(run.out,
              AllOf(HasSubstr(R"({"world":{"source":"sqs","seed":7,)"), HasSubstr(R"("what":"at_rest"})")));
}

}  // namespace
}  // namespace batchproof::tools
