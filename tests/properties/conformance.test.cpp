#include <gmock/gmock.h>
#include <unistd.h>

#include <algorithm>
#include <batchproof/properties/conformance.hpp>
#include <batchproof/properties/report_folder.hpp>
#include <batchproof/properties/verify.hpp>
#include <batchproof/zoo/broken_processors.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>

#include "../scratch_path.hpp"
#include "hand_made.hpp"

namespace batchproof::properties {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

/// A folder for this test process alone, which is not made.
std::string scratch_folder(const std::string& name) {
  std::string folder = scratch_path(name);
  fs::remove_all(folder);
  return folder;
}

NamedReport broken_run(std::span<const Law> laws = processor_laws()) {
  const auto& all = zoo::broken_processors();
  const auto found = std::find_if(all.begin(), all.end(),
                                  [](const auto& broken) { return broken.name == "keeps_failed_groups"; });
  return {.subject = "orders",
          .mode = "fifo",
          .sources = {found->source},
          .report = verify_laws(laws, found->source, found->subject, found->claims,
                                {.cases = 200, .seed = 7, .replay_command = "./replay"})};
}

TEST(Conformance, EscapesControlCharacters) {
  NamedReport named = broken_run();
  named.subject = "\x1b\u202E\u009b";
  const std::string json = conformance_json({&named, 1});
  EXPECT_THAT(json, HasSubstr(R"("subject": "\u001b\u202E\u009B")"));
  EXPECT_EQ(nlohmann::json::parse(json).at("runs").at(0).at("subject"), named.subject);
}

TEST(Conformance, HoldsAllThatAMachineNeeds) {
  const NamedReport named = broken_run();
  const auto json = nlohmann::json::parse(conformance_json({&named, 1}));
  EXPECT_EQ(json.at("schema_version"), json_schema_version);
  EXPECT_EQ(json.at("batchproof"), "0.1.0");
  EXPECT_THAT(json.at("compiler").get<std::string>(), HasSubstr("+"));
  EXPECT_EQ(json.at("passed"), false);
  EXPECT_EQ(json.at("seed"), 7);
  const auto& run = json.at("runs").at(0);
  EXPECT_EQ(run.at("subject"), "orders");
  EXPECT_EQ(run.at("mode"), "fifo");
  EXPECT_EQ(run.at("sources"), nlohmann::json({"sqs_fifo"}));
  const auto& report = run.at("report");
  EXPECT_EQ(report.at("laws").at(0).at("id"), "nothing-lost");
  EXPECT_EQ(report.at("laws").at(0).at("sentence"), processor_laws().front().sentence);
  EXPECT_EQ(report.at("laws").at(0).at("aws_page"), processor_laws().front().aws_page);
  EXPECT_GT(report.at("distribution").at("kinds").at("random"), 0);
  EXPECT_TRUE(report.at("distribution").at("sizes").contains("more"));
  EXPECT_EQ(report.at("replay"), "./replay");
}

TEST(Conformance, HoldsBothRunsOfALawThatCompares) {
  const NamedReport named = broken_run({law_named(processor_laws(), "fresh"), 1});
  ASSERT_EQ(named.report.broken_law(), "fresh") << named.report;
  const auto found = nlohmann::json::parse(to_json(named.report)).at("counterexample");
  EXPECT_EQ(found.at("expected"), found.at("actual"));
  EXPECT_EQ(found.at("compared").at("run"), "again");
  EXPECT_EQ(found.at("compared").at("expected"), found.at("expected"));
  EXPECT_NE(found.at("compared").at("actual"), found.at("actual"));
  EXPECT_EQ(found.at("records").size(), named.report.counterexample().size());
}

TEST(Conformance, IsJsonWhateverThePayload) {
  Report::Facts facts;
  facts.laws = {{"total", LawState::violated, 1}};
  facts.counterexample.damaged = true;
  facts.counterexample.observation.payload = "{\xff";
  const NamedReport named{.subject = "\xff", .mode = "", .sources = {}, .report = Report(facts)};
  const auto json = nlohmann::json::parse(conformance_json({&named, 1}));
  EXPECT_EQ(json["runs"][0]["report"]["counterexample"]["payload_base64"], "e/8=");
}

TEST(Conformance, IsNotPassedWhenItIsOfNothing) {
  EXPECT_FALSE(all_passed({}));
  EXPECT_EQ(nlohmann::json::parse(conformance_json({}))["passed"], false);
}

TEST(Conformance, IsTheSameForTheSameReports) {
  const NamedReport one = broken_run();
  const NamedReport two = broken_run();
  EXPECT_EQ(conformance_json({&one, 1}), conformance_json({&two, 1}));
}

TEST(Conformance, IsWrittenIntoAFolderThatIsMade) {
  const std::string folder = scratch_folder("made") + "/deep";
  write_conformance(folder, {}, "orders");
  EXPECT_TRUE(fs::is_regular_file(folder + "/orders.json"));
  EXPECT_TRUE(fs::is_regular_file(folder + "/orders.html"));
}

TEST(Conformance, NamesWhatCannotBeWritten) {
  const std::string path = scratch_folder("file");
  std::ofstream(path) << "a file";
  EXPECT_THAT([&] { write_conformance(path, {}); },
              ThrowsMessage<std::runtime_error>(HasSubstr("the folder " + path + " cannot be made")));
  const std::string folder = scratch_folder("taken");
  fs::create_directories(folder + "/conformance.json");
  EXPECT_THAT([&] { write_conformance(folder, {}); },
              ThrowsMessage<std::runtime_error>(HasSubstr("can be written to " + folder)));
}

TEST(ReportFolder, GetsAReportOfEachVerification) {
  const std::string folder = scratch_folder("asked");
  name_reports([] { return std::string("All/Orders.Hold"); });
  setenv("BATCHPROOF_REPORT", folder.c_str(), 1);
  const VerifyHandlerOptions options{.accepted = {"good"}, .cases = 10, .seed = 7};
  EXPECT_TRUE(verify_handler<SqsRecord>([](const SqsRecord&) {}, options));
  EXPECT_TRUE(verify_handler<KinesisStreamRecord>([](const KinesisStreamRecord&) {}, options));
  unsetenv("BATCHPROOF_REPORT");
  name_reports({});

  std::ifstream first(folder + "/All_Orders.Hold.json");
  const auto json = nlohmann::json::parse(first);
  EXPECT_EQ(json["passed"], true);
  EXPECT_EQ(json["runs"][0]["subject"], "All/Orders.Hold");
  EXPECT_EQ(json["runs"][0]["sources"], nlohmann::json({"sqs", "sqs_fifo"}));
  std::ifstream second(folder + "/All_Orders.Hold-2.json");
  EXPECT_EQ(nlohmann::json::parse(second)["runs"][0]["sources"], nlohmann::json({"kinesis"}));
  EXPECT_TRUE(fs::is_regular_file(folder + "/All_Orders.Hold.html"));
}

}  // namespace
}  // namespace batchproof::properties
