// `process --function` and `replay --function`.

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "documented_fields.hpp"
#include "run_function.hpp"

namespace batchproof::tools {
namespace {

using ::testing::AllOf;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(ProcessFunction, ShowsTheAnswerAndWhatTheServiceMakesOfIt) {
  const ToolRun run = run_tool(with_function({"process", event_path}));
  EXPECT_EQ(run.status, 0) << run.error;
  EXPECT_THAT(run.out, AllOf(HasSubstr("response  {\"batchItemFailures\":"), HasSubstr("service   "),
                             HasSubstr("    handled ")));
}

TEST(ProcessFunction, StartsAStreamAgainAtItsLowestFailure) {
  const ToolRun run = run_tool(with_function({"process", sample_event("kinesis")}, "kinesis_right"));
  EXPECT_EQ(run.status, 0) << run.error;
  EXPECT_THAT(run.out,
              HasSubstr("service   starts again at 49590338271490256608559692538361571095921575989136588950: "
                        "it delivers that record and each one after it again\n"));
}

TEST(ProcessFunction, ReadsTheOffsetsOfKafka) {
  const ToolRun run = run_tool(with_function({"process", sample_event("kafka")}, "kafka_right"));
  EXPECT_EQ(run.status, 0) << run.error;
  EXPECT_THAT(run.out,
              HasSubstr("service   delivers again {\"partition\":\"orders-0\",\"offset\":16}, perhaps "
                        "with those after it in its partition\n"));
}

TEST(ProcessFunction, TakesARecordOfAnotherBatchForAFailureOfTheWholeBatch) {
  const ToolRun run = run_tool(with_function({"process", event_path}, "receipt_handle"));
  EXPECT_THAT(run.out,
              ::testing::ContainsRegex("service   delivers the whole batch again: .* is not in the batch"));
}

TEST(ProcessFunction, PrintsTheDocumentedFields) {
  expect_documented("batchproof process --function",
                    {run_tool(with_function({"process", event_path, "--json"})),
                     run_tool(with_function({"process", event_path, "--json"}, "exits"))});
}

TEST(ProcessFunction, PrintsJsonUnlessTheFunctionNeverAsked) {
  const ToolRun ends = run_tool(with_function({"process", event_path, "--json"}, "exits"));
  EXPECT_EQ(ends.status, 1) << ends.error;
  const auto facts = nlohmann::json::parse(ends.out);
  EXPECT_EQ(facts.at("end"), "ended");
  EXPECT_THAT(facts.at("problem").get<std::string>(), HasSubstr("ended before it answered"));
  const ToolRun never_asks =
      run_tool({"process", event_path, "--json", "--function", "--", "sh", "-c", "exit 3"});
  EXPECT_EQ(never_asks.status, 2);
  EXPECT_EQ(never_asks.out, "");
  EXPECT_THAT(never_asks.error, HasSubstr("before it asked"));
}

TEST(ReplayFunction, JudgesASavedCaseByTheLawsOfFunctions) {
  const std::string path = write_file(
      "lost.json",
      R"({"Records":[{"messageId":"m0","receiptHandle":"r","body":"not json","attributes":{},"messageAttributes":{},)"
      R"("md5OfBody":"","eventSource":"aws:sqs","eventSourceARN":"arn:aws:sqs:us-east-1:123456789012:q",)"
      R"("awsRegion":"us-east-1"}]})");
  std::filesystem::path description = path;
  description.replace_extension(".case.json");
  std::ofstream(description) << R"({"law":"nothing-lost","source":"sqs","pattern":"x"})";
  EXPECT_EQ(run_tool(with_function({"replay", path})).status, 0);
  const ToolRun run = run_tool(with_function({"replay", path}, "never_reports"));
  EXPECT_EQ(run.status, 1) << run.out << run.error;
  EXPECT_THAT(run.out, HasSubstr("violated by"));
}

TEST(ReplayFunction, SaysALawAsItIsSaidOfFunctions) {
  const std::string path = write_file("contained.json", read_file(event_path));
  std::filesystem::path description = path;
  description.replace_extension(".case.json");
  std::ofstream(description) << R"({"law":"contained","source":"sqs","pattern":"oooo"})";
  EXPECT_THAT(in_one_line(run_tool(with_function({"replay", path})).out),
              HasSubstr("Whatever the work on one record throws fails that record alone."));
}

TEST(ReplayFunction, SaysThatALawCannotBeJudged) {
  const std::string path = write_file("handled.json", read_file(event_path));
  std::filesystem::path description = path;
  description.replace_extension(".case.json");
  std::ofstream(description) << R"({"law":"once-in-order","source":"sqs","pattern":"oooo"})";
  const ToolRun run = run_tool(with_function({"replay", path}));
  EXPECT_EQ(run.status, 2) << run.out << run.error;
  EXPECT_THAT(run.out, AllOf(HasSubstr("not judged"), HasSubstr("--handled")));
  const ToolRun as_json = run_tool(with_function({"replay", path, "--json"}));
  EXPECT_EQ(as_json.status, 2);
  EXPECT_EQ(nlohmann::json::parse(as_json.out).at("passed"), false);
}

TEST(ReplayFunction, SaysThatTheExpressionMatchesNothingInTheLog) {
  const std::string path = write_file("unseen.json", read_file(event_path));
  std::filesystem::path description = path;
  description.replace_extension(".case.json");
  std::ofstream(description) << R"({"law":"once-in-order","source":"sqs","pattern":"oooo"})";
  const std::string note = "the expression matched nothing in its logs";
  const std::vector<std::string> arguments{"replay", path, "--handled", "processed (\\S+)"};
  EXPECT_THAT(run_tool(with_function(arguments)).out,
              HasSubstr("\n  note      what it handled cannot be seen"));
  std::vector<std::string> as_json = arguments;
  as_json.emplace_back("--json");
  const auto cases = nlohmann::json::parse(run_tool(with_function(as_json)).out).at("cases");
  EXPECT_THAT(cases.at(0).at("report").at("notes").dump(), HasSubstr(note));
  const ToolRun seen = run_tool(with_function({"replay", path, "--handled", "handled (\\S+)"}));
  EXPECT_THAT(seen.out, Not(HasSubstr("note ")));
}

// The service reads its answer as that of a window.
TEST(ProcessFunction, HandsAFunctionTheEventOfAWindow) {
  const std::string path = write_file(
      "window.json", R"({"Records":[{"kinesis":{"partitionKey":"k","sequenceNumber":"7","data":"eA=="},)"
                     R"("eventSource":"aws:kinesis","eventID":"shardId-1:7"}],"state":{},)"
                     R"("window":{"start":"2020-12-09T07:04:00Z","end":"2020-12-09T07:06:00Z"}})");
  const ToolRun run = run_tool(with_function({"process", path}));
  EXPECT_EQ(run.status, 0) << run.error;
  EXPECT_THAT(run.out,
              HasSubstr("delivers the whole batch again: the response holds no state of the window"));
}

}  // namespace
}  // namespace batchproof::tools
