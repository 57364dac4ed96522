#include <gmock/gmock.h>

#include <algorithm>
#include <batchproof/batch.hpp>
#include <batchproof/fixtures/aggregated_data.hpp>
#include <nlohmann/json.hpp>
#include <sstream>

#include "run_tool.hpp"

namespace batchproof::tools {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

template <class Record>
void expect_events(const std::string& source) {
  const ToolRun run =
      run_tool({"generate", "--source", source, "--batches", "20", "--records", "30", "--seed", "7"});
  EXPECT_EQ(run.status, 0) << run.error;
  EXPECT_EQ(run.error, "");
  const auto lines = lines_of(run.out);
  ASSERT_EQ(lines.size(), 20U);
  for (const std::string& line : lines) EXPECT_EQ(decode<Record>(line).size(), 30U) << source;
}

TEST(GenerateCommand, PrintsAnEventOfTheSourceOnEachLine) {
  expect_events<SqsRecord>("sqs");
  expect_events<SqsRecord>("sqs_fifo");
  expect_events<KinesisStreamRecord>("kinesis");
  expect_events<DynamoDbRecord>("dynamodb");
  expect_events<KafkaRecord>("kafka");
  expect_events<SqsRecord>("sqs_pipe");
  expect_events<SqsRecord>("sqs_fifo_pipe");
  expect_events<KinesisStreamRecord>("kinesis_pipe");
  expect_events<DynamoDbRecord>("dynamodb_pipe");
}

TEST(GenerateCommand, PrintsTheSameEventsForTheSameSeed) {
  const std::vector<std::string> arguments{"generate", "--source", "dynamodb", "--batches",
                                           "5",        "--seed",   "7"};
  EXPECT_EQ(run_tool(arguments).out, run_tool(arguments).out);
  EXPECT_NE(run_tool({"generate", "--seed", "1"}).out, run_tool({"generate", "--seed", "2"}).out);
}

// Characters that Python's splitlines, Java's Scanner, JavaScript and others take for the end of a line.
TEST(GenerateCommand, PrintsOneLineForEveryReaderOfLines) {
  std::size_t escapes = 0;
  for (const char* source : {"sqs", "sqs_fifo", "kinesis", "dynamodb"}) {
    const ToolRun run =
        run_tool({"generate", "--source", source, "--batches", "300", "--records", "12", "--seed", "7"});
    EXPECT_EQ(std::count(run.out.begin(), run.out.end(), '\n'), 300) << source;
    EXPECT_EQ(std::count_if(run.out.begin(), run.out.end(),
                            [](char byte) { return static_cast<unsigned char>(byte) < 0x20; }),
              300)
        << source;
    for (const char* end_of_line : {"\xE2\x80\xA8", "\xE2\x80\xA9", "\xC2\x85"})
      EXPECT_THAT(run.out, Not(HasSubstr(end_of_line))) << source;
    for (std::size_t at = run.out.find("\\u2028"); at != std::string::npos;
         at = run.out.find("\\u2028", at + 1))
      ++escapes;
    for (const std::string& line : lines_of(run.out)) EXPECT_TRUE(nlohmann::json::accept(line)) << line;
  }
  EXPECT_GT(escapes, 0U) << "no event held a separator of lines, and nothing was tested";
}

TEST(GenerateCommand, PrintsTheSeedThatItDrew) {
  const ToolRun run = run_tool({"generate"});
  EXPECT_THAT(run.error, HasSubstr("seed "));
  EXPECT_EQ(run_tool({"generate", "--seed", run.error.substr(5, run.error.size() - 6)}).out, run.out);
}

/// The payloads of events that hold these envelopes.
std::vector<std::string> payloads_of_envelopes(const std::string& envelope,
                                               std::vector<std::string> more = {}) {
  std::vector<std::string> arguments{"generate",  "--envelope", envelope, "--batches", "10",
                                     "--records", "10",         "--seed", "7"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  const ToolRun run = run_tool(arguments);
  EXPECT_EQ(run.status, 0) << run.error;
  std::vector<std::string> payloads;
  for (const std::string& line : lines_of(run.out)) {
    if (line.find("aws:kinesis") == std::string::npos) {
      const auto event = decode<SqsRecord>(line);
      for (const SqsRecord& record : event.records()) payloads.emplace_back(record.body());
    } else {
      const auto event = decode<KinesisStreamRecord>(line);
      for (const KinesisStreamRecord& record : event.records()) payloads.emplace_back(record.data());
    }
  }
  EXPECT_EQ(payloads.size(), 100U) << envelope;
  return payloads;
}

struct DrawnEnvelope {
  const char* name;
  bool (*is_whole)(const std::string& payload);  ///< looks like one that its service writes
};

bool holds(const std::string& payload, const char* member) {
  const auto json = nlohmann::json::parse(payload, nullptr, false);
  return json.is_object() && json.contains(member);
}

class DrawnEnvelopes : public ::testing::TestWithParam<DrawnEnvelope> {};

TEST_P(DrawnEnvelopes, AreWholeUnlessHostileOnesAreAskedFor) {
  const auto whole = [](const std::string& envelope, std::vector<std::string> more = {}) {
    const auto payloads = payloads_of_envelopes(envelope, std::move(more));
    return std::count_if(payloads.begin(), payloads.end(), GetParam().is_whole);
  };
  EXPECT_EQ(whole(GetParam().name), 100);
  const auto damaged = payloads_of_envelopes(GetParam().name, {"--hostile"});
  EXPECT_NE(damaged, payloads_of_envelopes(GetParam().name));
  EXPECT_LT(whole(GetParam().name, {"--hostile"}), 100);
}

INSTANTIATE_TEST_SUITE_P(
    All, DrawnEnvelopes,
    ::testing::Values(DrawnEnvelope{"sns_message",
                                    [](const std::string& body) {
                                      return holds(body, "Message") || holds(body, "order_id");
                                    }},
                      DrawnEnvelope{"eventbridge_event",
                                    [](const std::string& body) {
                                      return holds(body, "detail") && holds(body, "detail-type") &&
                                             holds(body, "source");
                                    }},
                      DrawnEnvelope{"s3_notification",
                                    [](const std::string& body) {
                                      return holds(body, "Event") ||
                                             (holds(body, "Records") && body.find("aws:s3") != body.npos &&
                                              body.find("orders/%C3%A9+%26+o-") != body.npos);
                                    }},
                      DrawnEnvelope{"user_records",
                                    [](const std::string& data) {
                                      return fixtures::is_aggregated_data(data) || holds(data, "order_id");
                                    }},
                      DrawnEnvelope{"dynamodb_change",
                                    [](const std::string& data) {
                                      return holds(data, "dynamodb") &&
                                             data.find("aws:dynamodb") != data.npos;
                                    }},
                      DrawnEnvelope{"cloudwatch_logs",
                                    [](const std::string& data) {  // stored, and not made smaller
                                      return data.starts_with("\x1F\x8B") &&
                                             (data.find("order o-") != data.npos ||
                                              data.find("CONTROL_MESSAGE") != data.npos);
                                    }}),
    [](const auto& test) { return test.param.name; });

TEST(GenerateCommand, PutsEnvelopesIntoTheSourcesThatHoldThem) {
  for (const char* source : {"sqs_fifo", "sqs_pipe", "kafka", "kinesis"})
    EXPECT_EQ(run_tool({"generate", "--envelope", "sns_message", "--source", source}).status, 0) << source;
  for (const char* source : {"kinesis_pipe", "kinesis_window"})
    EXPECT_EQ(run_tool({"generate", "--envelope", "user_records", "--source", source}).status, 0) << source;
  expect_one_complaint(run_tool({"generate", "--envelope", "sns_message", "--source", "dynamodb"}),
                       "stands in a text, and not in a record of dynamodb");
  expect_one_complaint(run_tool({"generate", "--envelope", "user_records", "--source", "sqs"}),
                       "stands in the data of a Kinesis record, and not in a record of sqs");
  expect_one_complaint(run_tool({"generate", "--envelope", "parcel"}), "parcel");
}

TEST(GenerateCommand, RefusesWhatItCannotDo) {
  for (const std::vector<std::string>& arguments : {std::vector<std::string>{"--source", "s3"},
                                                    {"--batches", "0"},
                                                    {"--records", "-1"},
                                                    {"--seed", "x"}}) {
    std::vector<std::string> command{"generate"};
    command.insert(command.end(), arguments.begin(), arguments.end());
    const ToolRun run = run_tool(command);
    EXPECT_EQ(run.status, 2) << arguments[0];
    EXPECT_EQ(lines_of(run.error).size(), 1U) << run.error;
  }
}

}  // namespace
}  // namespace batchproof::tools
