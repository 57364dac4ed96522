#include <gmock/gmock.h>

#include <algorithm>
#include <batchproof/batch.hpp>
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
  expect_events<KinesisStreamRecord>("kinesis_pipe");
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
