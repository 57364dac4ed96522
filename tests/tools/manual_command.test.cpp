// The manual page and the completions of shells hold what --help shows.

#include <gmock/gmock.h>

#include <cstdio>
#include <memory>
#include <regex>
#include <set>

#include "run_tool.hpp"

namespace batchproof::tools {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

/// The words that begin with two hyphens in the column of options of a help text.
std::set<std::string> options_in(const std::string& help) {
  static const std::regex option("\n  (?:-\\w, )?(--[a-z-]+)");
  std::set<std::string> names;
  for (std::sregex_iterator at(help.begin(), help.end(), option), end; at != end; ++at)
    names.insert((*at)[1]);
  return names;
}

std::vector<std::string> commands() {
  static const std::regex command("\n  ([a-z]+)  ");
  const std::string help = run_tool({"--help"}).out;
  const std::string list = help.substr(help.find("Subcommands:"), help.find("Examples:"));
  std::vector<std::string> names;
  for (std::sregex_iterator at(list.begin(), list.end(), command), end; at != end; ++at)
    names.push_back((*at)[1]);
  return names;
}

std::string without(std::string text, char character) {
  text.erase(std::remove(text.begin(), text.end(), character), text.end());
  return text;
}

TEST(ManualCommand, DescribesEachOptionOfEachCommand) {
  const std::string page = without(run_tool({"manual"}).out, '\\');
  const std::string markdown = run_tool({"manual", "--markdown"}).out;
  ASSERT_GE(commands().size(), 7U);
  for (const std::string& command : commands()) {
    EXPECT_THAT(page, HasSubstr("\n.SS " + command + "\n"));
    EXPECT_THAT(markdown, HasSubstr("\n## " + command + "\n"));
    for (const std::string& option : options_in(run_tool({command, "--help"}).out)) {
      EXPECT_THAT(page, HasSubstr("fB" + option + "fR")) << command;
      EXPECT_THAT(markdown, HasSubstr(option)) << command;
    }
  }
}

TEST(ManualCommand, PrintsAPageWithTheSectionsThatReadersOfManExpect) {
  const ToolRun run = run_tool({"manual"});
  EXPECT_EQ(run.status, 0);
  EXPECT_EQ(run.error, "");
  EXPECT_THAT(run.out,
              AllOf(HasSubstr(".TH BATCHPROOF 1"), HasSubstr(".SH NAME\n"), HasSubstr(".SH SYNOPSIS\n"),
                    HasSubstr(".SH DESCRIPTION\n"), HasSubstr(".SH OPTIONS\n"), HasSubstr(".SH COMMANDS\n"),
                    HasSubstr(".SH EXAMPLES\n")));
}

TEST(ManualCommand, KeepsTheLinesOfExamplesAndNamesTheExitStatus) {
  EXPECT_THAT(run_tool({"manual"}).out, AllOf(HasSubstr(".nf\n  batchproof verify\n"),
                                              HasSubstr("\nExit status: 0 when every law held")));
}

TEST(ManualCommand, TakesNoLineOfATextForARequest) {
  static const std::regex request("\n\\.(?!TH |SH |SS |TP\n|PP\n|nf\n|fi\n)");
  EXPECT_FALSE(std::regex_search(run_tool({"manual"}).out, request));
}

/// The words that bash offers for the last word of a command line.
std::vector<std::string> completed_by_bash(const std::vector<std::string>& words) {
  std::string script = "source <('" BATCHPROOF_TOOL "' completion bash) || exit\nCOMP_WORDS=(";
  for (const std::string& word : words) script += " '" + word + "'";
  script += ")\nCOMP_CWORD=" + std::to_string(words.size() - 1) +
            "\n_batchproof\n(( ${#COMPREPLY[@]} == 0 )) || printf '%s\\n' \"${COMPREPLY[@]}\"\n";
  const std::string path = write_file("completion.bash", script);
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> output(popen(("bash " + path).c_str(), "r"), pclose);
  std::vector<std::string> lines;
  for (char line[4096]; std::fgets(line, sizeof line, output.get()) != nullptr;)
    lines.push_back(without(line, '\n'));
  unlink(path.c_str());
  return lines;
}

TEST(CompletionCommand, OffersTheCommands) {
  EXPECT_THAT(completed_by_bash({"batchproof", "ver"}), ElementsAre("verify"));
  EXPECT_EQ(completed_by_bash({"batchproof", ""}).size(), commands().size() + 3);  // -h, --help, --version
}

TEST(CompletionCommand, OffersTheOptionsOfTheCommand) {
  for (const std::string& command : commands()) {
    const auto offered = completed_by_bash({"batchproof", command, "--"});
    const std::set<std::string> options(offered.begin(), offered.end());
    EXPECT_EQ(options, options_in(run_tool({command, "--help"}).out)) << command;
  }
}

TEST(CompletionCommand, OffersTheValuesOfAnOption) {
  EXPECT_THAT(completed_by_bash({"batchproof", "verify", "--source", "k"}),
              ElementsAre("kinesis", "kafka", "kinesis_pipe", "kinesis_window"));
  EXPECT_THAT(completed_by_bash({"batchproof", "completion", "b"}), ElementsAre("bash"));
}

TEST(CompletionCommand, OffersNothingForANumber) {
  EXPECT_THAT(completed_by_bash({"batchproof", "verify", "--cases", ""}), ElementsAre());
}

TEST(CompletionCommand, OffersFilesWhereACommandReadsThem) {
  const std::string folder = BATCHPROOF_SOURCE_DIR "/script/veri";
  EXPECT_THAT(completed_by_bash({"batchproof", "lint", folder}),
              ElementsAre(BATCHPROOF_SOURCE_DIR "/script/verify"));
  EXPECT_THAT(completed_by_bash({"batchproof", "verify", "--report", folder}),
              ElementsAre(BATCHPROOF_SOURCE_DIR "/script/verify"));
}

TEST(CompletionCommand, WritesForZshAndFishEachOptionOfEachCommand) {
  const std::string zsh = run_tool({"completion", "zsh"}).out;
  const std::string fish = run_tool({"completion", "fish"}).out;
  EXPECT_EQ(zsh.rfind("#compdef batchproof\n", 0), 0U);
  for (const std::string& command : commands()) {
    const std::size_t begin = zsh.find("\n    " + command + ")\n");
    const std::string part = zsh.substr(begin, zsh.find(";;", begin) - begin);
    for (const std::string& option : options_in(run_tool({command, "--help"}).out)) {
      EXPECT_THAT(part, HasSubstr("'*" + option)) << command;
      EXPECT_THAT(fish, HasSubstr("__fish_seen_subcommand_from " + command + "' "));
      EXPECT_THAT(fish, HasSubstr(" -l " + option.substr(2) + " "));
    }
  }
}

TEST(CompletionCommand, RefusesAShellThatItDoesNotKnow) {
  expect_one_complaint(run_tool({"completion", "cmd.exe"}), "cmd.exe");
}

}  // namespace
}  // namespace batchproof::tools
