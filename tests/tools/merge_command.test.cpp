#include <gmock/gmock.h>

#include <batchproof/zoo/broken_handlers.hpp>
#include <batchproof/zoo/broken_processors.hpp>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "documented_fields.hpp"

namespace batchproof::tools {
namespace {

using nlohmann::json;
using ::testing::AllOf;
using ::testing::HasSubstr;

/// The command with --shard I/N and --json, for each shard; the files of what it printed.
std::vector<std::string> files_of_shards(const std::vector<std::string>& command, int shards) {
  std::vector<std::string> paths;
  for (int index = 0; index < shards; ++index) {
    std::vector<std::string> arguments = command;
    arguments.insert(arguments.end(),
                     {"--json", "--shard", std::to_string(index) + "/" + std::to_string(shards)});
    const ToolRun run = run_tool(arguments);
    EXPECT_NE(run.status, 2) << run.error;
    paths.push_back(write_file("shard_" + std::to_string(index) + ".json", run.out));
  }
  return paths;
}

ToolRun merge(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "merge");
  return run_tool(arguments);
}

json without_seconds(const std::string& text) {
  json facts = json::parse(text);
  facts.erase("seconds");
  return facts;
}

/// The reports of a run in shards and as a whole, as JSON.
void expect_the_whole(std::vector<std::string> command, int shards) {
  std::vector<std::string> arguments = files_of_shards(command, shards);
  arguments.emplace_back("--json");
  const ToolRun merged = merge(arguments);
  command.emplace_back("--json");
  const ToolRun whole = run_tool(command);
  ASSERT_EQ(merged.error, "");
  EXPECT_EQ(merged.status, whole.status);
  EXPECT_EQ(without_seconds(merged.out), without_seconds(whole.out));
}

TEST(MergeCommand, PutsTheFaultsOfTheZooInOrder) {
  auto paths = files_of_shards({"zoo", "--seeds", "1", "--cases", "1"}, 2);
  std::map<std::string, json> rows;
  for (const std::string& path : paths) {
    const json shard = json::parse(read_file(path));
    for (const json& row : shard.at("faults")) EXPECT_TRUE(rows.emplace(row.at("fault"), row).second) << row;
  }
  paths.emplace_back("--json");
  const json whole = json::parse(merge(paths).out);
  EXPECT_EQ(whole.at("shard"), "0/1");
  EXPECT_EQ(whole.at("faults").size(), rows.size());
  EXPECT_EQ(rows.size(), zoo::broken_processors().size() + zoo::broken_handlers().size());
  for (const json& row : whole.at("faults")) EXPECT_EQ(row, rows.at(row.at("fault")));
  // Gaps of the whole are no gaps of a shard: such as a law that catches nothing within a single case.
  EXPECT_GT(whole.at("gaps").size(), json::parse(read_file(paths[0])).at("gaps").size() +
                                         json::parse(read_file(paths[1])).at("gaps").size());
}

TEST(ThoroughMergeCommand, MakesTheReportOfTheWholeZoo) {
  const char* const profile = std::getenv("BATCHPROOF_PROFILE");
  if (profile == nullptr || std::string_view(profile) != "thorough")
    GTEST_SKIP() << "takes minutes: for BATCHPROOF_PROFILE=thorough";
  expect_the_whole({"zoo", "--seeds", "1", "--cases", "1", "--end-to-end"}, 3);
}

TEST(MergeCommand, MakesTheReportOfTheWholeSoak) {
  expect_the_whole({"simulate", "--worlds", "23", "--seed", "7"}, 4);
}

TEST(MergeCommand, AddsTheCasesOfAVerification) {
  const std::vector<std::string> command{"verify", "--source", "sqs", "--cases", "40", "--seed", "7"};
  const auto paths = files_of_shards(command, 4);
  const ToolRun run = merge(paths);
  EXPECT_EQ(run.status, 0) << run.error;
  EXPECT_THAT(run.out, HasSubstr("Every law held on 200 random batches"));
  EXPECT_THAT(run_tool(command).out, HasSubstr("Every law held on 200 random batches"));

  const std::string folder = scratch_path("merged");
  auto with_report = paths;
  with_report.insert(with_report.end(), {"--report", folder, "--json"});
  const ToolRun as_json = merge(with_report);
  json written = json::parse(read_file(folder + "/conformance.json"));
  EXPECT_EQ(written, without_seconds(as_json.out));
  EXPECT_EQ(written.at("runs").at(0).at("report").at("shard"), "0/1");
  EXPECT_THAT(read_file(folder + "/conformance.html"), HasSubstr("Every law held"));
  std::filesystem::remove_all(folder);
}

TEST(MergeCommand, ShowsTheFirstViolationWithItsShardAndACommandThatRepeatsIt) {
  const auto paths = files_of_shards({"verify", "--subject", "broken:skip_group_ignored", "--seed", "7"}, 3);
  const ToolRun run = merge({paths[2], paths[0], paths[1]});
  EXPECT_EQ(run.status, 1) << run.error;
  const json first = json::parse(read_file(paths[0])).at("runs").at(0).at("report");
  ASSERT_FALSE(first.at("broken_law").is_null());
  EXPECT_THAT(run.out, AllOf(HasSubstr("note: shard 1/3 found a violation of"),
                             HasSubstr(std::string(first.at("found_in")) + ", shard 0/3"),
                             HasSubstr("--shard 0/3 --seed 7 --cases 1000"), HasSubstr("Violated")));
}

TEST(MergeCommand, ReadsWhatTheReplayOfAShardFindsAgain) {
  const std::vector<std::string> command{
      "verify", "--subject", "broken:forgets_to_return_failures", "--seed", "7", "--cases", "300", "--shard",
      "2/3",    "--json"};
  const json found = json::parse(run_tool(command).out).at("runs").at(0).at("report");
  ASSERT_FALSE(found.at("broken_law").is_null());
  std::istringstream words(found.at("replay").get<std::string>());
  std::vector<std::string> replay;
  for (std::string word; words >> word;) replay.push_back(word);
  replay.erase(replay.begin());
  replay.emplace_back("--json");
  const json again = json::parse(run_tool(replay).out).at("runs").at(0).at("report");
  for (const char* field : {"broken_law", "found_in", "counterexample", "shard", "replay"})
    EXPECT_EQ(again.at(field), found.at(field));
}

TEST(MergeCommand, NamesTheShardThatIsMissingOrComesTwice) {
  const auto paths = files_of_shards({"simulate", "--worlds", "4", "--seed", "7"}, 4);
  expect_one_complaint(merge({paths[0], paths[3]}), "2 of 4 shards are missing: 1/4, 2/4");
  expect_one_complaint(merge({paths[0], paths[1], paths[2]}), "1 of 4 shards is missing: 3/4");
  expect_one_complaint(merge({paths[0], paths[1], paths[1]}), "is of shard 1/4, and so is ");
}

TEST(MergeCommand, RefusesReportsThatDoNotFitTogether) {
  const auto shard_of = [](std::string_view name, std::vector<std::string> command, const char* shard) {
    command.insert(command.end(), {"--json", "--shard", shard});
    return write_file(name, run_tool(command).out);
  };
  const std::vector<std::string> worlds{"simulate", "--worlds", "4", "--seed"};
  auto with_seed = [&](const char* seed) {
    auto command = worlds;
    command.emplace_back(seed);
    return command;
  };
  const std::string first = shard_of("first", with_seed("7"), "0/2");
  expect_one_complaint(merge({first, shard_of("seed", with_seed("8"), "1/2")}), "its seed is 8, not 7");
  expect_one_complaint(merge({first, shard_of("count", with_seed("7"), "1/3")}), "they are not of one run");
  expect_one_complaint(merge({first, shard_of("limit", {"simulate", "--worlds", "5", "--seed", "7"}, "1/2")}),
                       "is another");
  expect_one_complaint(
      merge({first, shard_of("kind", {"verify", "--source", "sqs", "--cases", "2", "--seed", "7"}, "1/2")}),
      "is of another command");
  expect_one_complaint(merge({first, "--report", scratch_path("folder")}), "1 of 2 shards is missing");
  const std::string second = shard_of("second", with_seed("7"), "1/2");
  expect_one_complaint(merge({first, second, "--report", scratch_path("folder")}), "reports of verify");

  std::string other_version = read_file(first);
  other_version.replace(other_version.find("0.1.0"), 5, "0.0.9");
  expect_one_complaint(merge({write_file("version", other_version)}),
                       "is of batchproof 0.0.9, and this is 0.1.0");
  expect_one_complaint(merge({write_file("whole", run_tool({"simulate", "--worlds", "4", "--json"}).out)}),
                       "is of a whole run");
  expect_one_complaint(merge({write_file("none", "{}")}), "is not a report");
  expect_one_complaint(merge({write_file("text", "no json")}), "is not a report");
  expect_one_complaint(merge({"/nowhere.json"}), "/nowhere.json");
  EXPECT_EQ(merge({}).status, 2);
}

TEST(MergeCommand, RefusesVerificationsOfOtherSources) {
  const auto shard_of = [](std::string_view name, const char* source, const char* shard) {
    return write_file(name, run_tool({"verify", "--subject", "processors", "--source", source, "--cases", "2",
                                      "--seed", "7", "--shard", shard, "--json"})
                                .out);
  };
  expect_one_complaint(merge({shard_of("sqs", "sqs", "0/2"), shard_of("kafka", "kafka", "1/2")}),
                       "does not fit");
}

TEST(MergeCommand, RefusesShardsWithOtherOptionsAndNamesBothFiles) {
  const auto shard_of = [](const char* shard, std::vector<std::string> options) {
    std::vector<std::string> command{"verify",  "--subject", "sample_handler", "--source", "sqs",
                                     "--cases", "40",        "--seed",         "7",        "--shard",
                                     shard,     "--json"};
    command.insert(command.end(), options.begin(), options.end());
    std::string name = "shard";
    for (const std::string& option : options) name += option;
    return write_file(name + shard[0], run_tool(command).out);
  };
  const std::string usual = shard_of("0/2", {});
  const ToolRun fits = merge({usual, shard_of("1/2", {})});
  EXPECT_EQ(fits.status, 0) << fits.error;
  const std::string other = shard_of("1/2", {"--largest-batch", "20"});
  expect_one_complaint(merge({usual, other}), other + " does not fit " + usual + ": it drew other batches");
  expect_one_complaint(merge({other, usual}), "run all shards again with the same options");
}

TEST(MergeCommand, RefusesWhatIsMergedAlready) {
  const auto merged_again = [](const std::vector<std::string>& command) {
    const auto paths = files_of_shards(command, 3);
    const std::string merged = write_file("merged", merge({paths[0], paths[1], paths[2], "--json"}).out);
    for (const auto& files : {std::vector{merged}, std::vector{merged, paths[1]}, std::vector{merged, merged},
                              std::vector{merged, paths[1], paths[2]}})
      expect_one_complaint(merge(files), merged + " is of a whole run, or already merged");
  };
  merged_again({"verify", "--subject", "sample_handler", "--source", "sqs", "--cases", "40", "--seed", "7"});
  // A report with a violation names the shard that found it, here 0/3.
  merged_again({"verify", "--subject", "broken:skip_group_ignored", "--seed", "7"});
  merged_again({"simulate", "--worlds", "4", "--seed", "7"});
}

TEST(MergeCommand, NamesTheFileThatIsDamaged) {
  const auto paths = files_of_shards(
      {"verify", "--subject", "processors", "--source", "sqs,kafka", "--cases", "2", "--seed", "7"}, 2);
  json damaged = json::parse(read_file(paths[0]));
  damaged["seconds"] = "many";
  const std::string seconds = write_file("seconds", damaged.dump());
  expect_one_complaint(merge({seconds, paths[1]}), seconds + " is not a report: ");
  const std::string levels(100'000, '[');
  const std::string deep =
      write_file("deep", R"({"compiler":"","runs":)" + levels + std::string(100'000, ']') + "}");
  expect_one_complaint(merge({deep, paths[1]}), deep + " is not a report: its values are nested");
  damaged["seconds"] = 1;
  damaged["runs"].front()["report"]["laws"][0]["id"] = "a law \x1b[2J";
  EXPECT_THAT(merge({write_file("hostile", damaged.dump()), paths[1]}).out, HasSubstr(R"(a law \x1B[2J)"));
  damaged["runs"].back()["report"]["shard"] = "1/2";
  const std::string mixed = write_file("mixed", damaged.dump());
  expect_one_complaint(merge({mixed, paths[1]}), mixed + " is not a report: its runs are of several shards");
}

TEST(Shards, AreRefusedWithTheReason) {
  for (const char* command : {"verify", "zoo", "simulate"}) {
    expect_one_complaint(run_tool({command, "--shard", "4/4"}), "shards count from 0");
    expect_one_complaint(run_tool({command, "--shard", "first"}), "not of the form I/N");
  }
  expect_one_complaint(run_tool({"simulate", "--shard", "0/4"}), "one world is not split");
  expect_one_complaint(run_tool({"zoo", "--shard", "0/4", "--small-cases"}), "excludes");
}

TEST(JsonOutput, OfASoakIsDocumented) {
  expect_documented("batchproof simulate --soak",
                    {run_tool({"simulate", "--soak", "2000", "--seed", "7", "--json", "--shard", "1/2"})});
}

}  // namespace
}  // namespace batchproof::tools
