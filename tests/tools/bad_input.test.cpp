#include <gmock/gmock.h>

#include <ostream>

#include "run_tool.hpp"

namespace batchproof::tools {
namespace {

struct BadInput {
  const char* name;
  std::vector<std::string> arguments;
  std::string standard_input{};
  const char* part;

  friend void PrintTo(const BadInput& input, std::ostream* stream) { *stream << input.name; }
};

class BadInputs : public ::testing::TestWithParam<BadInput> {};

TEST_P(BadInputs, AreOneClearLineAndStatusTwo) {
  const ToolRun run = run_tool(GetParam().arguments, GetParam().standard_input);
  EXPECT_EQ(run.out, "");
  expect_one_complaint(run, GetParam().part);
}

std::vector<BadInput> bad_inputs() {
  const std::string sqs = sample_event("sqs");
  const std::string kinesis = sample_event("kinesis");
  return {
      {.name = "NoFile",
       .arguments = {"process", "nowhere.json"},
       .part = "nowhere.json: No such file or directory"},
      {.name = "Folder", .arguments = {"process", BATCHPROOF_SOURCE_DIR}, .part = "Is a directory"},
      {.name = "NoEvent", .arguments = {"process"}, .part = "event is required"},
      {.name = "NoCommand",
       .arguments = {},
       .part = "a command is missing: process, verify, replay, generate, simulate, zoo, merge or lint"},
      {.name = "UnknownCommand", .arguments = {"prove"}, .part = "prove"},
      {.name = "UnknownOption", .arguments = {"process", sqs, "--nonsense"}, .part = "--nonsense"},
      {.name = "NotJson", .arguments = {"process", "-"}, .standard_input = "hello", .part = "the event"},
      {.name = "Nothing", .arguments = {"process", "-"}, .part = "the event"},
      {.name = "Truncated",
       .arguments = {"process", "-"},
       .standard_input = R"({"Records": [{"messageId": "m1")",
       .part = "truncated"},
      {.name = "NoRecords",
       .arguments = {"process", "-"},
       .standard_input = "{}",
       .part = "/Records: missing"},
      {.name = "OtherSource",
       .arguments = {"process", "-"},
       .standard_input = R"({"Records": [{"eventSource": "aws:s3"}]})",
       .part = "/Records/0/eventSource: none of \"aws:sqs\", \"aws:kinesis\", \"aws:dynamodb\" and "
               "\"aws:kafka\", but \"aws:s3\"; this is an Amazon S3 event notification"},
      {.name = "KafkaWithoutRecords",
       .arguments = {"process", "-"},
       .standard_input = R"({"eventSource": "aws:kafka"})",
       .part = "/records: missing; is this an event of Kafka?"},
      {.name = "KafkaWithAList",
       .arguments = {"process", "-"},
       .standard_input = R"({"eventSource": "aws:kafka", "records": []})",
       .part = "/records: not an object; lists of records by topic and partition expected"},
      {.name = "KafkaOfAnotherSource",
       .arguments = {"process", "-"},
       .standard_input = R"({"eventSource": "shop:kafka", "records": {}})",
       .part = "/eventSource: this event is from \"shop:kafka\", but the processor is for Kafka; "
               "\"aws:kafka\" or "
               "\"SelfManagedKafka\" expected"},
      {.name = "PipeOfKafka",
       .arguments = {"process", "-"},
       .standard_input = R"([{"eventSource": "aws:kafka"}])",
       .part = "/0/eventSource: a pipe of Kafka, which is not read here"},
      {.name = "WindowOfAQueue",
       .arguments = {"process", "-"},
       .standard_input = R"({"Records": [{"eventSource": "aws:sqs", "messageId": "1"}], "window": {}})",
       .part = "/window: the event of a tumbling window, but Lambda has windows for Kinesis and"},
      {.name = "WindowOfKafka",
       .arguments = {"process", "-"},
       .standard_input = R"({"eventSource": "aws:kafka", "records": {}, "window": {}})",
       .part = "/window: the event of a tumbling window, but Lambda has windows for Kinesis and"},
      {.name = "NoIdentifier",
       .arguments = {"process", "-"},
       .standard_input = R"({"Records": [{"eventSource": "aws:sqs", "body": "b"}]})",
       .part = "/Records/0/messageId: missing"},
      {.name = "FifoStream", .arguments = {"process", kinesis, "--fifo"}, .part = "--fifo is for SQS"},
      {.name = "SkipGroupOfAStream",
       .arguments = {"process", kinesis, "--skip-group-on-error"},
       .part = "--skip-group-on-error is for SQS"},
      {.name = "SkipGroupOfAStandardQueue",
       .arguments = {"process", sqs, "--skip-group-on-error"},
       .part = "add --fifo"},
      {.name = "UnknownSource", .arguments = {"verify", "--source", "s3"}, .part = "s3 not in {sqs,"},
      {.name = "NoCases", .arguments = {"verify", "--cases", "0"}, .part = "--cases: \"0\" is not a whole"},
      {.name = "NegativeSeed",
       .arguments = {"verify", "--seed", "-1"},
       .part = "--seed: \"-1\" is not a whole"},
      {.name = "TooLargeSeed", .arguments = {"verify", "--seed", "99999999999999999999"}, .part = "--seed"},
      {.name = "UnknownSubject",
       .arguments = {"verify", "--subject", "broken:unheard_of"},
       .part = "no subject \"broken:unheard_of\""},
      {.name = "WorldOfLargeFifoBatches",
       .arguments = {"simulate", "--source", "fifo", "--batch-size", "11"},
       .part = "a FIFO queue allows 10"},
      {.name = "WorldOfNoBatches", .arguments = {"simulate", "--batch-size", "0"}, .part = "batch_size is 0"},
      {.name = "RateAboveOne",
       .arguments = {"simulate", "--crash-rate", "1.5"},
       .part = "rates are from 0 to 1"},
      {.name = "SimulatedSubjectOfAnotherSource",
       .arguments = {"simulate", "--subject", "broken:skip_group_ignored"},
       .part = "is a processor of sqs_fifo"},
      {.name = "UnknownSimulatedSubject",
       .arguments = {"simulate", "--subject", "processors"},
       .part = "no processor \"processors\""},
      {.name = "NegativeGroups",
       .arguments = {"simulate", "--groups", "-1"},
       .part = "--groups: \"-1\" is not a whole number from 0"},
      {.name = "NegativePoison", .arguments = {"simulate", "--poison", "-1"}, .part = "--poison: \"-1\""},
      {.name = "NegativeBatchSize",
       .arguments = {"simulate", "--batch-size", "-1"},
       .part = "--batch-size: \"-1\""},
      {.name = "NegativeReceiveCount",
       .arguments = {"simulate", "--max-receive-count", "-1"},
       .part = "--max-receive-count: \"-1\""},
      {.name = "ReceiveCountThatWraps",
       .arguments = {"simulate", "--max-receive-count", "4294967301"},
       .part = "--max-receive-count: \"4294967301\""},
      {.name = "RetriesBelowEndless",
       .arguments = {"simulate", "--retries", "-2"},
       .part = "--retries: \"-2\" is not a whole number from -1"},
      {.name = "RetriesThatWrap",
       .arguments = {"simulate", "--retries", "4294967295"},
       .part = "--retries: \"4294967295\""},
      {.name = "NegativeSoak", .arguments = {"simulate", "--soak", "-1"}, .part = "--soak: \"-1\""},
      {.name = "RateThatIsNoNumber",
       .arguments = {"simulate", "--flaky-rate", "nan"},
       .part = "--flaky-rate: \"nan\" is not a rate"},
      {.name = "InfiniteRate",
       .arguments = {"simulate", "--flaky-rate", "1e999"},
       .part = "--flaky-rate: \"1e999\" is not a rate"},
      {.name = "NegativeRate",
       .arguments = {"simulate", "--resend-rate", "-0.5"},
       .part = "--resend-rate: \"-0.5\" is not a rate"},
      {.name = "FractionOfMessages", .arguments = {"simulate", "--messages", "1.5"}, .part = "--messages"},
      {.name = "SeedsThatFillTheMemory",
       .arguments = {"zoo", "--seeds", "2000000000"},
       .part = "--seeds: \"2000000000\" is not a whole number from 1 to 10000"},
      {.name = "ExponentOfCases", .arguments = {"verify", "--cases", "1e3"}, .part = "--cases: \"1e3\""},
      {.name = "NegativeRecords", .arguments = {"generate", "--records", "-1"}, .part = "--records: \"-1\""},
      {.name = "RecordZero", .arguments = {"process", sqs, "--fail-nth", "0"}, .part = "--fail-nth: \"0\""},
      {.name = "RecordBehindTheLast",
       .arguments = {"process", sqs, "--fail-nth", "5"},
       .part = "--fail-nth names record 5, and the event holds 4 records"},
      {.name = "UnknownIdentifier",
       .arguments = {"process", sqs, "--fail-ids", "m-9"},
       .part = "--fail-ids names \"m-9\""},
      {.name = "EmptyIdentifier",
       .arguments = {"process", sqs, "--fail-ids", ""},
       .part = "--fail-ids: it is empty"},
      {.name = "NoIdentifierBetweenCommas",
       .arguments = {"process", sqs, "--fail-ids", ","},
       .part = "--fail-ids is \",\", which names nothing"},
      {.name = "UnknownHandler", .arguments = {"process", sqs, "--handler", "mine"}, .part = "--handler"},
      {.name = "PayloadsWithoutAFunction",
       .arguments = {"verify", "--source", "sqs", "--accepted", "good.jsonl"},
       .part = "--accepted requires --function"},
      {.name = "FailuresOfAFunction",
       .arguments = {"process", sqs, "--function", "--fail-nth", "1", "--", "node"},
       .part = "--fail-nth excludes --function"},
      {.name = "OneWorldAmongRandomOnes",
       .arguments = {"simulate", "--worlds", "5", "--source", "kafka"},
       .part = "--source excludes --worlds"},
      {.name = "SmallCasesAsJson",
       .arguments = {"zoo", "--small-cases", "--json"},
       .part = "--json excludes --small-cases"},
      {.name = "RulesAsSarif",
       .arguments = {"lint", "--list-rules", "--sarif"},
       .part = "--list-rules excludes --sarif"},
      {.name = "RecordsOfALargestBatch",
       .arguments = {"generate", "--records", "20", "--largest-batch", "5"},
       .part = "--records excludes --largest-batch"},
      {.name = "RetriesOfAQueue",
       .arguments = {"simulate", "--retries", "3"},
       .part = "--retries is for streams and Kafka, and this world is of sqs"},
      {.name = "ReceiveCountOfAStream",
       .arguments = {"simulate", "--source", "kinesis", "--max-receive-count", "3"},
       .part = "--max-receive-count is for queues"},
      {.name = "SimulatedGroupsOfAStandardQueue",
       .arguments = {"simulate", "--skip-group-on-error"},
       .part = "--skip-group-on-error is for FIFO queues"},
      {.name = "WindowOfAStreamWithoutWindows",
       .arguments = {"simulate", "--source", "kinesis", "--tumbling-window", "30"},
       .part = "--tumbling-window is for kinesis_window and dynamodb_window"},
      {.name = "SourceOfATrace",
       .arguments = {"simulate", "--replay", "trace.jsonl", "--source", "kinesis"},
       .part = "--source excludes --replay"},
      {.name = "ComparisonOfATrace",
       .arguments = {"simulate", "--replay", "trace.jsonl", "--compare"},
       .part = "--compare excludes --replay"},
      {.name = "EmptyReplay", .arguments = {"simulate", "--replay", ""}, .part = "--replay: it is empty"},
      {.name = "EmptyPage", .arguments = {"simulate", "--html", ""}, .part = "--html: it is empty"},
      {.name = "EmptyReport", .arguments = {"verify", "--report", ""}, .part = "--report: it is empty"},
      {.name = "EmptySubject", .arguments = {"verify", "--subject", ""}, .part = "--subject: it is empty"},
      {.name = "EmptyRejected",
       .arguments = {"verify", "--function", "--source", "sqs", "--rejected", "", "--", "node"},
       .part = "--rejected: it is empty"},
      {.name = "OptionOfAnotherCommand",
       .arguments = {"generate", "--json"},
       .part = "--json; see batchproof generate --help"},
      {.name = "CommandWithoutTheOption",
       .arguments = {"process", sqs, "--", "node", "index.mjs"},
       .part = "the command of a function is given by --function and --"},
      {.name = "CommandWithoutDashes",
       .arguments = {"verify", "--function", "--source", "sqs", "node", "index.mjs"},
       .part = "the command of a function is given by --function and --"},
      {.name = "SubjectOfAnotherSource",
       .arguments = {"verify", "--subject", "broken:skip_group_ignored", "--source", "kinesis"},
       .part = "is not for that source"},
  };
}

TEST(BadInput, NamesTheVariableOfASeed) {
  setenv("BATCHPROOF_SEED", "1e3", 1);
  const ToolRun run = run_tool({"generate"});
  const ToolRun given = run_tool({"generate", "--seed", "x"});
  const ToolRun other = run_tool({"lint", "--list-rules"});
  unsetenv("BATCHPROOF_SEED");
  expect_one_complaint(run, "BATCHPROOF_SEED is \"1e3\", not a whole number from 0 to 2^64 - 1");
  expect_one_complaint(given, "--seed: \"x\" is not a whole number");
  EXPECT_EQ(other.status, 0) << other.error;
}

TEST(BadInput, NamesTheVariableOfAShard) {
  setenv("BATCHPROOF_SHARD", "3/2", 1);
  const ToolRun run = run_tool({"verify", "--source", "sqs"});
  unsetenv("BATCHPROOF_SHARD");
  expect_one_complaint(run, "BATCHPROOF_SHARD is \"3/2\": shards count from 0");
}

INSTANTIATE_TEST_SUITE_P(All, BadInputs, ::testing::ValuesIn(bad_inputs()),
                         [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace batchproof::tools
