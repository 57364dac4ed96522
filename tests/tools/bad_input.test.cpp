#include <gmock/gmock.h>

#include <algorithm>
#include <ostream>

#include "run_tool.hpp"

namespace batchproof::tools {
namespace {

using ::testing::HasSubstr;

struct BadInput {
  const char* name;
  std::vector<std::string> arguments;
  std::string standard_input{};
  const char* told;

  friend void PrintTo(const BadInput& input, std::ostream* stream) { *stream << input.name; }
};

class BadInputs : public ::testing::TestWithParam<BadInput> {};

TEST_P(BadInputs, AreOneClearLineAndStatusTwo) {
  const ToolRun run = run_tool(GetParam().arguments, GetParam().standard_input);
  EXPECT_EQ(run.status, 2);
  EXPECT_EQ(run.out, "");
  EXPECT_THAT(run.error, ::testing::StartsWith("batchproof: "));
  EXPECT_THAT(run.error, HasSubstr(GetParam().told));
  EXPECT_EQ(std::count(run.error.begin(), run.error.end(), '\n'), 1) << run.error;
}

std::vector<BadInput> bad_inputs() {
  const std::string sqs = sample_event("sqs");
  const std::string kinesis = sample_event("kinesis");
  return {
      {.name = "NoFile",
       .arguments = {"process", "nowhere.json"},
       .told = "nowhere.json: No such file or directory"},
      {.name = "Folder", .arguments = {"process", BATCHPROOF_SOURCE_DIR}, .told = "Is a directory"},
      {.name = "NoEvent", .arguments = {"process"}, .told = "event is required"},
      {.name = "NoCommand",
       .arguments = {},
       .told = "a command is missing: process, verify, replay, generate, simulate, zoo or lint"},
      {.name = "UnknownCommand", .arguments = {"prove"}, .told = "prove"},
      {.name = "UnknownOption", .arguments = {"process", sqs, "--nonsense"}, .told = "--nonsense"},
      {.name = "NotJson", .arguments = {"process", "-"}, .standard_input = "hello", .told = "the event"},
      {.name = "Nothing", .arguments = {"process", "-"}, .told = "the event"},
      {.name = "Truncated",
       .arguments = {"process", "-"},
       .standard_input = R"({"Records": [{"messageId": "m1")",
       .told = "truncated"},
      {.name = "NoRecords",
       .arguments = {"process", "-"},
       .standard_input = "{}",
       .told = "/Records: missing"},
      {.name = "OtherSource",
       .arguments = {"process", "-"},
       .standard_input = R"({"Records": [{"eventSource": "aws:s3"}]})",
       .told = "/Records/0/eventSource: none of \"aws:sqs\""},
      {.name = "NoIdentifier",
       .arguments = {"process", "-"},
       .standard_input = R"({"Records": [{"eventSource": "aws:sqs", "body": "b"}]})",
       .told = "/Records/0/messageId: missing"},
      {.name = "FifoStream", .arguments = {"process", kinesis, "--fifo"}, .told = "--fifo is for SQS"},
      {.name = "SkipGroupOfAStream",
       .arguments = {"process", kinesis, "--skip-group-on-error"},
       .told = "--skip-group-on-error is for SQS"},
      {.name = "SkipGroupOfAStandardQueue",
       .arguments = {"process", sqs, "--skip-group-on-error"},
       .told = "add --fifo"},
      {.name = "UnknownSource", .arguments = {"verify", "--source", "s3"}, .told = "s3 not in {sqs,"},
      {.name = "NoCases", .arguments = {"verify", "--cases", "0"}, .told = "--cases: \"0\" is not a whole"},
      {.name = "NegativeSeed",
       .arguments = {"verify", "--seed", "-1"},
       .told = "--seed: \"-1\" is not a whole"},
      {.name = "TooLargeSeed", .arguments = {"verify", "--seed", "99999999999999999999"}, .told = "--seed"},
      {.name = "UnknownSubject",
       .arguments = {"verify", "--subject", "broken:unheard_of"},
       .told = "no subject \"broken:unheard_of\""},
      {.name = "WorldOfLargeFifoBatches",
       .arguments = {"simulate", "--source", "fifo", "--batch-size", "11"},
       .told = "a FIFO queue allows 10"},
      {.name = "WorldOfNoBatches", .arguments = {"simulate", "--batch-size", "0"}, .told = "batch_size is 0"},
      {.name = "RateAboveOne",
       .arguments = {"simulate", "--crash-rate", "1.5"},
       .told = "rates are from 0 to 1"},
      {.name = "SimulatedSubjectOfAnotherSource",
       .arguments = {"simulate", "--subject", "broken:skip_group_ignored"},
       .told = "is a processor of sqs_fifo"},
      {.name = "UnknownSimulatedSubject",
       .arguments = {"simulate", "--subject", "processors"},
       .told = "no subject \"processors\""},
      {.name = "SubjectOfAnotherSource",
       .arguments = {"verify", "--subject", "broken:skip_group_ignored", "--source", "kinesis"},
       .told = "nothing to do with"},
  };
}

INSTANTIATE_TEST_SUITE_P(All, BadInputs, ::testing::ValuesIn(bad_inputs()),
                         [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace batchproof::tools
