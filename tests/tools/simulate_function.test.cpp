// `simulate --function`.

#include <gmock/gmock.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "run_function.hpp"

namespace batchproof::tools {
namespace {

using ::testing::AllOf;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(SimulateFunction, EndsWithStatus2WhenTheFunctionDoesNotStart) {
  const ToolRun run = run_tool({"simulate", "--function", "--accepted", accepted, "--messages", "3", "--",
                                "sh", "-c", "echo no such module; exit 3"});
  EXPECT_EQ(run.status, 2) << run.out;
  EXPECT_THAT(run.error, AllOf(HasSubstr("before it asked"), HasSubstr("no such module")));
}

TEST(SimulateFunction, RefusesWindowsWhoseStateItDoesNotKnow) {
  expect_one_complaint(run_tool(with_function({"simulate", "--source", "kinesis_window"})),
                       "what counts there is the function's own state");
}

// The trace is one of a world of this library's processor.
TEST(SimulateFunction, RefusesATraceAndSaysSoInItsHelp) {
  expect_one_complaint(run_tool(with_function({"simulate", "--replay", "trace.jsonl"})), "--replay");
  EXPECT_THAT(run_tool({"simulate", "--help"}).out,
              AllOf(ContainsRegex("every\\s+source\\s+but\\s+those\\s+with\\s+windows"),
                    ContainsRegex("not\\s+for\\s+--replay"), ContainsRegex("capture\\s+group"),
                    HasSubstr(R"({"partition":"orders-0","offset":16})")));
}

ToolRun simulate_function(std::vector<std::string> options, const std::string& name, const char* messages,
                          const std::string& folder = "corpus") {
  options.insert(options.begin(), {"simulate", "--accepted", accepted, "--rejected", rejected, "--messages",
                                   messages, "--batch-size", "4", "--poison", "1", "--seed", "7"});
  return run_tool(with_function(std::move(options), name, folder));
}

TEST(SimulateFunction, KeepsEveryMessageInAWorldOfCrashesAndTimeOuts) {
  for (const char* const source : {"sqs", "kinesis"}) {
    const bool is_queue = source == std::string("sqs");
    const ToolRun run = simulate_function(
        {"--source", source, "--crash-rate", "0.1", "--timeout-rate", "0.1", "--lost-response-rate", "0.1",
         is_queue ? "--max-receive-count" : "--retries", "5"},
        is_queue ? "" : "kinesis_right", "20");
    EXPECT_EQ(run.status, 0) << source << run.out << run.error;
    EXPECT_THAT(run.out, HasSubstr("very law held"));
  }
}

/// Lambda then gives the next batch to another process.
TEST(SimulateFunction, DeliversNothingAgainWhenAProcessEndsAfterItsAnswer) {
  const std::string folder = BATCHPROOF_SOURCE_DIR "/tests/blackbox/verify_function";
  const ToolRun run = run_tool({"simulate",
                                "--accepted",
                                accepted,
                                "--rejected",
                                rejected,
                                "--messages",
                                "8",
                                "--seed",
                                "7",
                                "--function",
                                "--working-directory",
                                folder,
                                "--env",
                                "BREAKS=ends_after_its_answer",
                                "--time-limit",
                                "60000",
                                "--init-time-limit",
                                "60000",
                                "--",
                                BATCHPROOF_NODE,
                                "breaks_rules.mjs"});
  EXPECT_EQ(run.status, 0) << run.out << run.error;
}

/// A run with an empty table.
ToolRun simulate_with_a_table(std::vector<std::string> options) {
  const std::string table = scratch_path("table");
  std::filesystem::remove_all(table);
  std::filesystem::create_directory(table);
  options.insert(options.begin(),
                 {"simulate", "--accepted", accepted, "--rejected", rejected, "--env", "TABLE=" + table});
  return run_tool(with_function(std::move(options), "keeps_a_table", "verify_function"));
}

// The process has answered when the world ends it, so that all of its work is done.
TEST(SimulateFunction, CountsWhatAFunctionDidBeforeItsAnswerWasLost) {
  for (const char* const fault : {"--crash-rate", "--timeout-rate", "--lost-response-rate"}) {
    const ToolRun run = simulate_with_a_table(
        {"--messages", "20", "--seed", "5", fault, "0.3", "--handled", "handled (\\S+)"});
    EXPECT_EQ(run.status, 0) << fault << run.out << run.error;
  }
}

TEST(SimulateFunction, ShowsASmallestWorldThatAnEmptyTableShowsAgain) {
  const std::vector<std::string> options{"--env", "GIVES_UP=1", "--max-receive-count", "5"};
  std::vector<std::string> found_by = options;
  found_by.insert(found_by.end(), {"--messages", "20", "--seed", "5"});
  const ToolRun run = simulate_with_a_table(found_by);
  ASSERT_EQ(run.status, 1) << run.out << run.error;
  const std::string begin = "{\"world\":";
  std::string world = run.out.substr(run.out.find(begin) + begin.size());
  world.resize(world.find('\n') - 1);
  const auto smallest = nlohmann::json::parse(world);
  EXPECT_EQ(smallest.at("messages"), 1);
  EXPECT_GT(smallest.at("names"), 0);
  // Two answers report the message, and the third does not.
  EXPECT_THAT(run.out, ContainsRegex("itemIdentifier[^\n]*\n[^!]*itemIdentifier"));
  const ToolRun again = simulate_with_a_table({"--env", "GIVES_UP=1", "--world", world});
  EXPECT_EQ(again.status, 1) << again.out << again.error;
}

TEST(SimulateFunction, NeedsNoCallOfARecordThatIsRefusedBefore) {
  const ToolRun run =
      run_tool(with_function({"simulate", "--accepted", accepted, "--rejected", rejected, "--messages", "20",
                              "--seed", "7", "--handled", "handled (\\S+)"},
                             "checks_all_first", "verify_function"));
  EXPECT_EQ(run.status, 0) << run.out << run.error;
}

TEST(SimulateFunction, PlaysAPipe) {
  const auto simulate = [](const std::string& name) {
    return run_tool(with_function(
        {"simulate", "--source", "kinesis_pipe", "--accepted", accepted, "--rejected", rejected, "--messages",
         "12", "--batch-size", "4", "--groups", "1", "--poison", "8", "--retries", "1", "--seed", "7"},
        name));
  };
  const ToolRun right = simulate("pipe_kinesis_right");
  EXPECT_EQ(right.status, 0) << right.out << right.error;
  EXPECT_THAT(right.out, HasSubstr("Every law held"));
  // The pipe delivers nothing after the reported failure again.
  const ToolRun broken = simulate("pipe_kinesis_first_failure");
  EXPECT_EQ(broken.status, 1) << broken.out << broken.error;
  EXPECT_THAT(broken.out, HasSubstr("the smallest world"));
}

TEST(SimulateFunction, HasPoisonMessagesWherePayloadsAreToBeRejected) {
  const ToolRun run = run_tool(with_function(
      {"simulate", "--accepted", accepted, "--rejected", rejected, "--messages", "21", "--seed", "7"},
      "never_reports"));
  EXPECT_EQ(run.status, 1) << run.out << run.error;
  EXPECT_THAT(run.out, HasSubstr("lost                             3"));
  EXPECT_THAT(run.error, HasSubstr("searches for a smaller world"));
}

TEST(SimulateFunction, SaysWhyTheServiceReadsNoListInTheAnswer) {
  const ToolRun run = simulate_function({}, "wrong_name_of_the_identifier", "3");
  EXPECT_EQ(run.status, 1) << run.out << run.error;
  EXPECT_THAT(run.out, ContainsRegex("which failed as a whole: an element of\\s+batchItemFailures names no"));
}

TEST(SimulateFunction, PlaysSeveralPartitionsOfKafkaInABatch) {
  const auto simulate = [](const std::string& variable) {
    return run_tool(with_function(
        {"simulate", "--source", "kafka", "--accepted", accepted, "--rejected", rejected, "--messages", "20",
         "--batch-size", "8", "--poison", "6", "--retries", "1", "--seed", "7", "--env", variable},
        "kafka_stops_at_a_failure", "verify_function"));
  };
  const ToolRun right = simulate("READS_ONE_PARTITION=");
  EXPECT_EQ(right.status, 0) << right.out << right.error;
  const ToolRun broken = simulate("READS_ONE_PARTITION=1");
  EXPECT_EQ(broken.status, 1) << broken.out << broken.error;
  EXPECT_THAT(broken.out, HasSubstr("the smallest world"));
}

TEST(SimulateFunction, NamesARemovalThatTheFunctionTakesForAnOrder) {
  const std::string items = write_file("items", R"({"quantity":{"N":"2"}})");
  const ToolRun run = run_tool(with_function({"simulate", "--source", "dynamodb", "--accepted", items,
                                              "--messages", "200", "--retries", "1", "--seed", "7"},
                                             "dynamodb_needs_new_image"));
  EXPECT_EQ(run.status, 1) << run.out << run.error;
  EXPECT_THAT(run.out, ContainsRegex("a removal, which\\s+has\\s+no\\s+NewImage\\)\\s+is"));
}

TEST(SimulateFunction, MayFailAsAWholeWhereNoAnswerIsReadOrByItsDesign) {
  for (const char* const option : {"--no-reporting", "--all-or-nothing"}) {
    const ToolRun run = simulate_function({option}, "throws_for_one", "20");
    EXPECT_EQ(run.status, 0) << run.out << run.error;
  }
  EXPECT_THAT(simulate_function({}, "throws_for_one", "20").out, HasSubstr("needed-redelivery violated"));
  EXPECT_THAT(simulate_function({"--no-reporting"}, "right_sqs", "20").out, HasSubstr("nothing-vanishes"));
}

/// Each design through its answer, on a queue that reads it.
TEST(SimulateFunction, MayStopEarlyOrBringAllBackByItsDesign) {
  const ToolRun breaker =
      simulate_function({"--stops-early"}, "reports_from_the_first_failure", "30", "verify_function");
  EXPECT_EQ(breaker.status, 0) << breaker.out << breaker.error;
  const ToolRun undesigned = simulate_function({}, "reports_from_the_first_failure", "30", "verify_function");
  EXPECT_THAT(undesigned.out, HasSubstr("needed-redelivery violated"));
  EXPECT_THAT(in_one_line(undesigned.error),
              HasSubstr("stops at its first failure: --stop-on-first-failure"));
  const ToolRun all =
      simulate_function({"--all-or-nothing"}, "reports_an_empty_identifier", "30", "verify_function");
  EXPECT_EQ(all.status, 0) << all.out << all.error;
}

TEST(SimulateFunction, NamesTheClaimThatTheFunctionLeftOut) {
  const ToolRun run =
      run_tool(with_function({"simulate", "--source", "sqs_fifo", "--groups", "10", "--accepted", accepted,
                              "--rejected", rejected, "--messages", "100", "--poison", "5", "--seed", "3"},
                             "fifo_skip_right"));
  EXPECT_EQ(run.status, 1) << run.out << run.error;
  EXPECT_THAT(in_one_line(run.error), HasSubstr("after a failure: --skip-group-on-error, if that is meant"));
}

ToolRun simulate_fifo(std::vector<std::string> options) {
  options.insert(options.begin(), {"--source", "sqs_fifo", "--groups", "1"});
  return simulate_function(std::move(options), "fifo_reports_failures_alone", "20", "verify_function");
}

// The answers of both functions are the same, so that nobody can tell them apart by these.
TEST(SimulateFunction, SaysThatAMessageBehindAFailureIsOutOfOrderOrLost) {
  for (const char* const variable : {"GOES_ON=1", "GOES_ON="}) {
    const ToolRun run = simulate_fifo({"--env", variable});
    EXPECT_EQ(run.status, 1) << run.out << run.error;
    EXPECT_THAT(run.out,
                AllOf(HasSubstr("the law group-order is violated"),
                      ContainsRegex("handled out of order, or is\\s+lost"), ContainsRegex("\n  lost +0\n")));
    EXPECT_THAT(in_one_line(run.error), HasSubstr("--handled finds in its log what it handled"));
  }
}

TEST(SimulateFunction, TellsOutOfOrderFromLostByTheLog) {
  const ToolRun goes_on = simulate_fifo({"--env", "GOES_ON=1", "--handled", "handled (\\S+)"});
  EXPECT_THAT(goes_on.out, AllOf(HasSubstr("the law group-order is violated"), Not(HasSubstr("or is lost")),
                                 ContainsRegex("\n  lost +0\n"), ContainsRegex("\n    never tried +0\n")));
  const ToolRun stops = simulate_fifo({"--handled", "handled (\\S+)"});
  EXPECT_THAT(stops.out, AllOf(HasSubstr("the law nothing-vanishes is violated"),
                               ContainsRegex("\n  lost +[1-9]"), ContainsRegex("\n  handler calls +[1-9]")));
  EXPECT_THAT(goes_on.error + stops.error, Not(HasSubstr("--handled")));
}

// The first of each batch is neither handled nor reported.
TEST(SimulateFunction, SaysThatItAssumesWhatItDoesNotSee) {
  const std::vector<std::string> handled{"--handled", "handled (\\S+)"};
  const std::string note =
      "does not report counts as handled: `processed` and `lost` rest on its answers alone";
  const ToolRun passed = simulate_function({}, "forgets_the_first", "8", "verify_function");
  EXPECT_EQ(passed.status, 0) << passed.out << passed.error;
  EXPECT_THAT(in_one_line(passed.error), HasSubstr(note));
  const ToolRun seen = simulate_function(handled, "forgets_the_first", "8", "verify_function");
  EXPECT_EQ(seen.status, 1) << seen.out << seen.error;
  EXPECT_THAT(seen.out, HasSubstr("nothing-vanishes violated"));
  EXPECT_THAT(in_one_line(seen.error), Not(HasSubstr("counts as handled")));
  const ToolRun as_json = simulate_function({"--json"}, "forgets_the_first", "8", "verify_function");
  EXPECT_THAT(nlohmann::json::parse(as_json.out).at("notes").dump(), HasSubstr(note));
  EXPECT_EQ(as_json.error, "");
}

TEST(SimulateFunction, SaysThatTheExpressionMatchesNothingInTheLog) {
  const ToolRun run = simulate_function({"--handled", "processed (\\S+)"}, "", "8", "verify_function");
  EXPECT_THAT(in_one_line(run.error), AllOf(HasSubstr("--handled found no record"),
                                            HasSubstr("its capture group"), Not(HasSubstr("JSON object"))));
}

// A function that failed as a whole may have handled any record of the batch.
TEST(SimulateFunction, CountsNoCallsThatNobodyKnows) {
  const ToolRun run = simulate_function({"--all-or-nothing"}, "throws_for_one", "20");
  EXPECT_EQ(run.status, 0) << run.out << run.error;
  EXPECT_THAT(run.out, AllOf(HasSubstr("dead-lettered"), Not(HasSubstr("never tried")),
                             Not(HasSubstr("handler calls")), Not(HasSubstr("wasted"))));
  const auto facts =
      nlohmann::json::parse(simulate_function({"--all-or-nothing", "--json"}, "throws_for_one", "20").out);
  const nlohmann::json& figures = facts.at("runs").at(0).at("figures");
  for (const char* const name : {"never_tried", "handler_calls", "wasted_handler_calls"})
    EXPECT_TRUE(figures.at(name).is_null()) << name;
}

// Each of them is reported each time, and ends in the dead-letter queue.
TEST(SimulateFunction, CountsNoMessageAsProcessedThatTheFunctionReports) {
  const std::string good = write_file("good_for_none", "not json\n");
  const ToolRun run = run_tool(
      with_function({"simulate", "--accepted", good, "--messages", "6", "--seed", "7"}, "right_sqs"));
  EXPECT_THAT(run.out, AllOf(ContainsRegex("\n  processed +0\n"), ContainsRegex("\n  dead-lettered +6\n"),
                             ContainsRegex("though the\\s+function must\\s+accept it"),
                             Not(HasSubstr("\"handled\""))));
}

TEST(SimulateFunction, GroupsViolationsAndFitsIntoEightyColumns) {
  const ToolRun run = simulate_function({}, "never_reports", "1");
  EXPECT_EQ(run.status, 1) << run.out << run.error;
  std::istringstream lines(run.out);
  for (std::string line; std::getline(lines, line);) {
    const bool is_json = line.find('{') != std::string::npos;
    EXPECT_TRUE(is_json || line.size() <= 80) << line;
  }
}

TEST(SimulateFunction, FailsAsVerifyDoesWithJson) {
  for (const char* const command : {"verify", "simulate"}) {
    const std::vector<std::string> options{command,      "--json", "--source",   "sqs",
                                           "--accepted", accepted, "--function", "--"};
    const auto with = [&](std::vector<std::string> more) {
      std::vector<std::string> arguments = options;
      arguments.insert(arguments.end(), more.begin(), more.end());
      return run_tool(arguments);
    };
    const ToolRun ends = with({"sh", "-c", "exit 3"});
    EXPECT_EQ(ends.status, 2) << command;
    EXPECT_EQ(ends.out, "") << command;
    EXPECT_THAT(ends.error, HasSubstr("before it asked")) << command;
    const ToolRun without_command = with({});
    EXPECT_EQ(without_command.status, 2) << command;
    EXPECT_EQ(without_command.out, "") << command;
  }
}

TEST(SimulateFunction, SaysWhenAReceiveLimitExplainsTheLoss) {
  const ToolRun run = simulate_function({}, "gives_up_after_three_receives", "20", "verify_function");
  EXPECT_EQ(run.status, 1) << run.out << run.error;
  const std::string note = "every law holds where ApproximateReceiveCount is always 1";
  EXPECT_THAT(in_one_line(run.error), HasSubstr(note));
  const ToolRun as_json =
      simulate_function({"--json"}, "gives_up_after_three_receives", "20", "verify_function");
  EXPECT_THAT(nlohmann::json::parse(as_json.out).at("notes").dump(), HasSubstr(note));
  EXPECT_EQ(in_one_line(as_json.error).find(note), std::string::npos);
  const ToolRun said =
      simulate_function({"--record-fields", R"({"attributes": {"ApproximateReceiveCount": "1"}})"},
                        "gives_up_after_three_receives", "20", "verify_function");
  EXPECT_EQ(said.status, 0) << said.out << said.error;
}

TEST(SimulateFunction, SaysWhenTimeOutsCostTheTime) {
  std::vector<std::string> arguments =
      with_function({"simulate", "--accepted", accepted, "--rejected", rejected, "--messages", "2",
                     "--batch-size", "1", "--poison", "2", "--seed", "7"},
                    "hangs");
  std::replace(arguments.begin(), arguments.end(), std::string("60000"), std::string("500"));
  const ToolRun run = run_tool(arguments);
  EXPECT_THAT(in_one_line(run.error), HasSubstr("5 invocations ran into the time limit of 500 ms so far"));
}

TEST(SimulateFunction, ShowsTheWorldInWhichAMessageIsLost) {
  const ToolRun run = simulate_function({}, "never_reports", "1");
  EXPECT_EQ(run.status, 1) << run.out << run.error;
  EXPECT_THAT(run.out, HasSubstr("the smallest world"));
}

TEST(SimulateFunction, MayFailAsAWholeWhenEveryRecordFailed) {
  const ToolRun throws = simulate_function({}, "throws_when_all_failed", "8");
  EXPECT_EQ(throws.status, 0) << throws.out << throws.error;
  const ToolRun ends = simulate_function({}, "exits", "1");
  EXPECT_EQ(ends.status, 0) << ends.out << ends.error;
  // The messages behind the rejected one were not handled, so they failed too.
  const ToolRun fifo =
      run_tool(with_function({"simulate", "--source", "sqs_fifo", "--groups", "2", "--accepted", accepted,
                              "--rejected", rejected, "--messages", "20", "--poison", "1", "--seed", "7"},
                             "fifo_throws_when_all_failed"));
  EXPECT_EQ(fifo.status, 0) << fifo.out << fifo.error;
}

TEST(SimulateFunction, SearchesForASmallerWorldWithFewCrashes) {
  const std::string crashes = scratch_path("crashes");
  const ToolRun run = run_tool(
      with_function({"simulate", "--accepted", accepted, "--rejected", rejected, "--messages", "8",
                     "--batch-size", "4", "--poison", "1", "--seed", "2", "--env", "CRASHES=" + crashes},
                    "notes_each_crash", "verify_function"));
  EXPECT_EQ(run.status, 1) << run.out << run.error;
  EXPECT_THAT(run.out, AllOf(HasSubstr("the law needed-redelivery is violated"),
                             HasSubstr("the smallest world"), HasSubstr("\"messages\":2,")));
  const std::string noted = read_file(crashes);
  EXPECT_LE(std::count(noted.begin(), noted.end(), '\n'), 5 + 12 + 2)
      << "in the world, in the search, and in the smallest world:\n"
      << noted;
  unlink(crashes.c_str());
}

TEST(SimulateFunction, NamesTheRuleThatItBreaks) {
  const std::string folder = BATCHPROOF_SOURCE_DIR "/tests/blackbox/verify_function";
  const ToolRun run =
      run_tool({"simulate", "--function", "--accepted", accepted, "--messages", "1", "--env",
                "BREAKS=answers_for_another", "--time-limit", "60000", "--init-time-limit", "60000",
                "--working-directory", folder, "--", BATCHPROOF_NODE, "breaks_rules.mjs"});
  EXPECT_EQ(run.status, 1) << run.out << run.error;
  EXPECT_THAT(run.out,
              HasSubstr("the process ended before it answered: exit status 1; it breaks the rules of the "
                        "Runtime API: it answers for a request id that it was not given"));
}

/// Payloads that the function was not made for would show nothing about it.
TEST(SimulateFunction, NamesThePayloadsThatItNeeds) {
  expect_one_complaint(run_tool(with_function({"simulate", "--messages", "1"})), "--accepted FILE");
  expect_one_complaint(
      run_tool(with_function({"simulate", "--messages", "1", "--accepted", accepted, "--poison", "1"})),
      "--rejected FILE");
}

TEST(SimulateFunction, RefusesAPayloadInBothLists) {
  expect_one_complaint(run_tool(with_function({"simulate", "--accepted", accepted, "--rejected", accepted})),
                       "this payload is in both lists, accepted and rejected: {\"quantity\": 2}");
}

TEST(SimulateFunction, RefusesFaultsThatItCannotMake) {
  EXPECT_THAT(simulate_function({"--flaky-rate", "0.5"}, "", "1").error, HasSubstr("decides by the payload"));
}

}  // namespace
}  // namespace batchproof::tools
