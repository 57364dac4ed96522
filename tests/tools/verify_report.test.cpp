#include <gmock/gmock.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "run_tool.hpp"

namespace batchproof::tools {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

std::string report_folder(std::string_view name) {
  std::string folder = scratch_path(name);
  fs::remove_all(folder);
  return folder;
}

TEST(VerifyReport, IsWrittenWhenEveryLawHeld) {
  const std::string folder = report_folder("passed");
  const ToolRun run =
      run_tool({"verify", "--source", "kinesis", "--cases", "20", "--seed", "7", "--report", folder});
  EXPECT_EQ(run.status, 0) << run.out;
  EXPECT_EQ(run.error, "");
  EXPECT_THAT(run.out, HasSubstr("Report: " + folder + "/conformance.html\n"));
  const json facts = json::parse(read_file(folder + "/conformance.json"));
  EXPECT_EQ(facts.at("passed"), true);
  EXPECT_EQ(facts.at("seed"), 7);
  EXPECT_EQ(facts.at("runs").at(0).at("sources"), json({"kinesis"}));
  EXPECT_FALSE(facts.contains("seconds"));
  EXPECT_THAT(read_file(folder + "/conformance.html"),
              AllOf(HasSubstr("Every law held"), HasSubstr("sample_handler"), HasSubstr("checkpoint")));
}

TEST(VerifyReport, IsWrittenWhenALawIsViolated) {
  const std::string folder = report_folder("broken") + "/deep";
  const ToolRun run =
      run_tool({"verify", "--subject", "broken:skip_group_ignored", "--seed", "7", "--report", folder});
  EXPECT_EQ(run.status, 1) << run.out;
  const json facts = json::parse(read_file(folder + "/conformance.json"));
  EXPECT_EQ(facts.at("passed"), false);
  EXPECT_EQ(facts.at("runs").at(0).at("report").at("broken_law"), "skip-the-group");
  EXPECT_THAT(read_file(folder + "/conformance.html"),
              AllOf(HasSubstr("A law is violated"), HasSubstr("skip-the-group"), HasSubstr("--seed 7")));
}

TEST(VerifyReport, LeavesTheOutputForMachinesAlone) {
  const ToolRun run = run_tool({"verify", "--source", "sqs", "--subject", "processors", "--cases", "5",
                                "--json", "--report", report_folder("json")});
  EXPECT_EQ(run.status, 0);
  EXPECT_EQ(json::parse(run.out).at("passed"), true);
}

TEST(VerifyReport, ThatCannotBeWrittenIsToldBeforeTheWork) {
  const std::string folder = write_file("no_folder", "a file");
  const ToolRun run = run_tool({"verify", "--report", folder});
  EXPECT_EQ(run.status, 2);
  EXPECT_THAT(run.error, AllOf(HasSubstr("batchproof: the folder " + folder + " cannot be made"),
                               Not(HasSubstr("terminate"))));
  EXPECT_EQ(run.out, "");
}

}  // namespace
}  // namespace batchproof::tools
