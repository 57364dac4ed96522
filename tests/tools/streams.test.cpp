#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "run_tool.hpp"

namespace batchproof::tools {
namespace {

using ::testing::HasSubstr;

constexpr Streams full_output{.out = "/dev/full"};
constexpr Streams closed_output{.out = Streams::closed};
constexpr Streams closed_error{.error = Streams::closed};

/// Each command, and each kind of its output.
std::vector<std::vector<std::string>> commands_that_print() {
  const std::string sqs = sample_event("sqs");
  const std::string page = BATCHPROOF_SOURCE_DIR "/examples/functions/sqs/template.yaml";
  return {{"--help"},
          {"--version"},
          {"process", "--help"},
          {"process", sqs},
          {"process", sqs, "--json"},
          {"generate"},
          {"generate", "--batches", "1000000000", "--seed", "7"},
          {"verify", "--list-subjects"},
          {"verify", "--subject", "processors", "--source", "sqs", "--cases", "2"},
          {"verify", "--subject", "processors", "--source", "sqs", "--cases", "2", "--json"},
          {"simulate", "--messages", "3"},
          {"simulate", "--messages", "3", "--json"},
          {"simulate", "--messages", "3", "--trace"},
          {"simulate", "--soak", "10"},
          {"lint", page},
          {"lint", page, "--json"},
          {"lint", page, "--sarif"},
          {"lint", "--list-rules"}};
}

TEST(Streams, AFullDiskIsOneLineAndStatusTwo) {
  for (const auto& command : commands_that_print())
    expect_one_complaint(run_tool(command, "", full_output),
                         "cannot write the standard output: No space left on device");
}

TEST(Streams, AClosedOutputIsOneLineAndStatusTwo) {
  for (const auto& command : commands_that_print())
    expect_one_complaint(run_tool(command, "", closed_output), "cannot write the standard output: ");
}

TEST(Streams, AClosedErrorLeavesTheStatus) {
  EXPECT_EQ(run_tool({"process", "nowhere.json"}, "", closed_error).status, 2);
  EXPECT_EQ(run_tool({"process", "nowhere.json"}, "", {.error = "/dev/full"}).status, 2);
  EXPECT_EQ(run_tool({"lint", "nowhere.yaml"}, "", closed_error).status, 2);
  const ToolRun run = run_tool({"process", sample_event("sqs")}, "", closed_error);
  EXPECT_EQ(run.status, 0);
  EXPECT_THAT(run.out, HasSubstr("4 ok"));
}

TEST(Streams, AnEventWhoseSeedCannotBeShownIsNotLost) {
  const ToolRun run = run_tool({"generate"}, "", closed_error);
  EXPECT_EQ(run.status, 2);
  EXPECT_TRUE(nlohmann::json::accept(run.out)) << run.out;
}

TEST(Streams, AClosedInputIsOneLineAndStatusTwo) {
  expect_one_complaint(run_tool({"process", "-"}, "", {.in = Streams::closed}),
                       "cannot read the standard input: ");
}

TEST(Streams, APageDoesNotGoWhereAClosedOutputWas) {
  const std::string page = scratch_path("closed.html");
  const ToolRun run =
      run_tool({"simulate", "--messages", "3", "--seed", "7", "--html", page}, "", closed_output);
  EXPECT_EQ(run.status, 2);
  EXPECT_THAT(read_file(page), ::testing::Not(HasSubstr("virtual time to rest  ")));
  unlink(page.c_str());
}

TEST(Streams, InputWithoutAnEndIsRefused) {
  const Streams zeros{.in = "/dev/zero"};
  expect_one_complaint(run_tool({"process", "-"}, "", zeros), "the standard input holds more than 64 MiB");
  expect_one_complaint(run_tool({"process", "/dev/zero"}), "/dev/zero holds more than 64 MiB");
  expect_one_complaint(run_tool({"lint", "-"}, "", zeros), "the standard input holds more than 8 MiB");
  expect_one_complaint(run_tool({"simulate", "--replay", "-"}, "", zeros),
                       "the standard input holds more than 512 MiB");
}

TEST(Streams, AFileThatCannotBeWrittenIsOneLineAndTheFiguresAreNotLost) {
  const std::vector<std::string> command{"simulate", "--messages", "3", "--seed", "7"};
  std::vector<std::string> with_page = command;
  with_page.insert(with_page.end(), {"--html", "/dev/full"});
  const ToolRun run = run_tool(with_page);
  if (run.error.find("Chart.js") != std::string::npos) GTEST_SKIP() << run.error;
  expect_one_complaint(run, "/dev/full cannot be written: No space left on device");
  EXPECT_EQ(run.out, run_tool(command).out);
  with_page.back() = "/nowhere/page.html";
  expect_one_complaint(run_tool(with_page),
                       "/nowhere/page.html cannot be written: No such file or directory");
}

}  // namespace
}  // namespace batchproof::tools
