#include <gmock/gmock.h>

#include <algorithm>
#include <batchproof/fixtures/events.hpp>
#include <batchproof/properties/regressions.hpp>
#include <batchproof/properties/verify.hpp>
#include <batchproof/properties/verify_laws.hpp>
#include <batchproof/properties/verify_window.hpp>
#include <batchproof/zoo/broken_processors.hpp>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#include "run_tool.hpp"

namespace batchproof::tools {
namespace {

using ::testing::HasSubstr;

/// Saves the counterexample of a broken processor; returns the path.
std::string save_failure_of(const std::string& name) {
  const auto& all = zoo::broken_processors();
  const auto broken =
      std::find_if(all.begin(), all.end(), [&](const auto& each) { return each.name == name; });
  const std::string folder = scratch_path("regressions");
  std::filesystem::remove_all(folder);
  const properties::Report found = properties::verify_laws(
      {properties::law_named(properties::processor_laws(), broken->law), 1}, broken->source, broken->subject,
      broken->claims, {.cases = 1000, .seed = 1, .regressions = folder});
  EXPECT_FALSE(found.passed());
  return properties::load_regressions(folder).at(0).path;
}

TEST(ReplayCommand, ExplainsASavedCaseAndShowsThatTheLibraryIsRight) {
  const std::string path = save_failure_of("skip_group_ignored");
  const ToolRun run = run_tool({"replay", path});
  EXPECT_EQ(run.status, 0) << run.error;
  for (const char* part : {"skip-the-group: SQS FIFO with skip_group_on_error", "source    sqs_fifo",
                           "once      ", "expected  ", "actual    ", "held by this library's processor"}) {
    EXPECT_THAT(run.out, HasSubstr(part));
  }
}

TEST(ReplayCommand, JudgesProcessWindowByACaseOfAWindow) {
  const std::string path = save_failure_of("folds_the_failed_record");
  const ToolRun run = run_tool({"replay", path, "--json"});
  EXPECT_EQ(run.status, 0) << run.out << run.error;
  const auto replayed = nlohmann::json::parse(run.out).at("cases").at(0);
  EXPECT_EQ(replayed.at("report").at("passed"), true);
  EXPECT_THAT(replayed.at("actual").get<std::string>(), HasSubstr("batchItemFailures"));
}

/// `verify_window` saved it, for an own fold and finish.
TEST(ReplayCommand, LeavesTheFunctionsOfAWindowToTheirTest) {
  const std::string path = save_failure_of("folds_the_failed_record");
  std::filesystem::path description = path;
  description.replace_extension(".case.json");
  auto saved = nlohmann::json::parse(read_file(description));
  saved["mode"] = properties::mode_of_window_functions;
  std::ofstream(description) << saved;
  const ToolRun run = run_tool({"replay", path});
  EXPECT_EQ(run.status, 0) << run.out << run.error;
  const std::string text = in_one_line(run.out);
  EXPECT_THAT(text, HasSubstr("the state in the answer goes on from the state in the event"));
  EXPECT_THAT(text, HasSubstr("the test that saved this case judges it first"));
}

TEST(ReplayCommand, ShowsThatABrokenProcessorStillViolatesItsLaw) {
  const std::string path = save_failure_of("skip_group_ignored");
  const ToolRun run = run_tool({"replay", path, "--subject", "broken:skip_group_ignored", "--json"});
  EXPECT_EQ(run.status, 1) << run.error;
  const auto replayed = nlohmann::json::parse(run.out);
  EXPECT_EQ(replayed.at("passed"), false);
  EXPECT_EQ(replayed.at("cases").at(0).at("law"), "skip-the-group");
  EXPECT_EQ(replayed.at("cases").at(0).at("report").at("passed"), false);
}

TEST(ReplayCommand, ShowsThatNobodyKnowsAVerdict) {
  const std::string path =
      write_file("near_miss.case.json", R"({"law": "independent", "source": "sqs", "pattern": "?"})");
  write_file("near_miss.json", fixtures::sqs_event({{.message_id = "m1", .body = "{}"}}));
  const ToolRun run = run_tool({"replay", path});
  EXPECT_THAT(run.out, ::testing::ContainsRegex("m1 +unknown"));
}

TEST(ReplayCommand, RefusesASavedCaseOfAnUnknownLaw) {
  const std::string path = save_failure_of("skip_group_ignored");
  std::ofstream(path.substr(0, path.size() - 5) + ".case.json")
      << R"({"law": "nothing-forgotten", "source": "sqs_fifo", "pattern": "xo"})";
  const ToolRun run = run_tool({"replay", path});
  EXPECT_EQ(run.status, 2);
  EXPECT_THAT(run.error, HasSubstr("of the law \"nothing-forgotten\", which this version does not know"));
}

TEST(ReplayCommand, LeavesALawOfHandlersToTheirTest) {
  const std::string folder = scratch_path("regressions");
  std::filesystem::remove_all(folder);
  const auto accept_all = [](const SqsRecord&) {};
  EXPECT_FALSE(verify_handler<SqsRecord>(
      accept_all, {.rejected = {"bad"}, .cases = 10, .seed = 7, .regressions = folder}));
  const ToolRun run = run_tool({"replay", properties::load_regressions(folder).at(0).path});
  EXPECT_EQ(run.status, 0) << run.error;
  EXPECT_THAT(run.out, HasSubstr("verdict: Each accepted payload succeeds"));
  EXPECT_THAT(run.out, HasSubstr("about a handler"));
}

TEST(ReplayCommand, ShowsTheBeginningOfALongTextAndTheWholeOfItAsJson) {
  const std::string word(100'000, 'w');
  const std::string saved = write_file(
      "long.case.json",
      nlohmann::json{
          {"law", "own-check"}, {"source", "sqs"}, {"pattern", ""}, {"about", word}, {"expected", word}}
          .dump());
  write_file("long.json", R"({"Records":[]})");
  const ToolRun run = run_tool({"replay", saved});
  EXPECT_LT(run.out.size(), 2'000U);
  EXPECT_THAT(run.out, HasSubstr("  pattern   (no records)\n"));
  EXPECT_THAT(run_tool({"replay", saved, "--json"}).out, HasSubstr("\"once\": \"" + word + '"'));
}

TEST(ReplayCommand, RefusesWhatIsNoSavedCase) {
  for (const std::string& path :
       {std::string("/nowhere/case.json"), std::string("case.txt"), write_file("case.json", "{}")}) {
    const ToolRun run = run_tool({"replay", path});
    EXPECT_EQ(run.status, 2) << path;
    EXPECT_THAT(run.error, HasSubstr("batchproof: ")) << path;
    EXPECT_EQ(std::count(run.error.begin(), run.error.end(), '\n'), 1) << run.error;
  }
}

TEST(ReplayCommand, RefusesValuesThatAreNestedDeep) {
  write_file("deep.json", R"({"Records":[]})");
  const std::string saved = write_file(
      "deep.case.json", R"({"law":"total","source":"sqs","pattern":"","options":{"reserve_milliseconds":)" +
                            std::string(100'000, '[') + std::string(100'000, ']') + "}}");
  expect_one_complaint(run_tool({"replay", saved}), "nested more than 100 levels deep");
}

TEST(ReplayCommand, RefusesNumbersThatDoNotFit) {
  for (const char* reserve : {"1e300", "-1", "2.5", "900001", "18446744073709551616", "\"1\"", "true"}) {
    const std::string event = write_file("reserve.json", R"({"Records":[]})");
    const std::string saved = write_file(
        "reserve.case.json", std::string(R"({"law":"total","source":"sqs","pattern":"","options":)") +
                                 R"({"reserve_milliseconds":)" + reserve + "}}");
    expect_one_complaint(run_tool({"replay", saved}), "\"reserve_milliseconds\" is ");
  }
  for (const char* byte : {"256", "-1", "1e300", "0.5"}) {
    const std::string event = write_file("bytes.json", fixtures::sqs_event({{.message_id = "m1"}}));
    const std::string saved = write_file(
        "bytes.case.json", std::string(R"({"law":"faithful","source":"sqs","pattern":"o","fields":)") +
                               R"([[["body",[)" + byte + "]]]]}");
    expect_one_complaint(run_tool({"replay", saved}), "\"fields\" is ");
  }
}

TEST(ReplayCommand, ReadsNoFileWithoutAnEnd) {
  const std::string path = scratch_path("endless.json");
  unlink(path.c_str());
  ASSERT_EQ(symlink("/dev/zero", path.c_str()), 0);
  expect_one_complaint(run_tool({"replay", path}), "holds more than 64 MiB");
  unlink(path.c_str());
}

}  // namespace
}  // namespace batchproof::tools
