#include <gmock/gmock.h>

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <sstream>
#include <thread>

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

/// What the command prints to a stream that is a terminal.
std::string on_terminal(const std::vector<std::string>& arguments, std::string_view Streams::*stream) {
  const int reader = posix_openpt(O_RDWR | O_NOCTTY);
  EXPECT_EQ(grantpt(reader) + unlockpt(reader), 0);
  const std::string name = ptsname(reader);
  const int writer =
      open(name.c_str(), O_RDWR | O_NOCTTY);  // so that no end is read before the command opens it
  std::string text;
  std::thread reads([&] {
    std::array<char, 4096> part{};
    for (ssize_t size = 0; (size = read(reader, part.data(), part.size())) > 0;)
      text.append(part.data(), static_cast<std::size_t>(size));
  });
  Streams streams;
  streams.*stream = name;
  run_tool(arguments, "", streams);
  close(writer);
  reads.join();
  close(reader);
  std::erase(text, '\r');
  return text;
}

/// The lines behind the one that is this heading.
std::string behind(const std::string& text, const std::string& heading) {
  const std::size_t place = text.find("\n" + heading + "\n");
  return place == std::string::npos ? "" : text.substr(place + heading.size() + 2);
}

TEST(Terminal, GetsAnswersAndCommandsInEightyColumnsThatMeanTheSame) {
  setenv("NO_COLOR", "1", 1);
  const std::vector<std::string> arguments{
      "verify", "--subject", "broken:reports_successes", "--source", "sqs", "--cases", "400", "--seed", "7"};
  const std::string whole = run_tool(arguments).out;
  const std::string broken = on_terminal(arguments, &Streams::out);
  unsetenv("NO_COLOR");
  ASSERT_THAT(whole, HasSubstr("\nreplay\n"));
  EXPECT_GT(widest_line(whole), 80U);
  std::istringstream lines(broken);
  for (std::string line; std::getline(lines, line);) {
    const bool is_answer = line.starts_with("  expected") || line.starts_with("  actual");
    EXPECT_TRUE(!is_answer || line.size() <= 80U) << line;
  }
  const std::string command = behind(whole, "replay");
  std::string copied = behind(broken, "replay");
  for (std::size_t place = 0; (place = copied.find("\\\n  ")) != std::string::npos;) copied.erase(place, 4);
  EXPECT_EQ(copied.substr(0, copied.find('\n')), command.substr(0, command.find('\n')));
  EXPECT_LE(widest_line(behind(broken, "replay")), 80U);
}

TEST(Terminal, GetsNoControlCharacterOfACommandInTheLineOfProgress) {
  const std::string accepted = write_file("accepted_by_any", "{}\n");
  const std::string progress = on_terminal({"verify", "--source", "sqs", "--accepted", accepted, "--function",
                                            "--", "sh", "-c", "exit 3", "\x1b[31mred"},
                                           &Streams::error);
  EXPECT_THAT(progress, HasSubstr(R"(\x1B[31mred)"));
  EXPECT_THAT(progress, ::testing::Not(HasSubstr("\x1b[31m")));
}

}  // namespace
}  // namespace batchproof::tools
