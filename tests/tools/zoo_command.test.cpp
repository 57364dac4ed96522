#include <gmock/gmock.h>

#include <algorithm>
#include <batchproof/properties/law.hpp>
#include <batchproof/simulator/laws.hpp>
#include <batchproof/zoo/broken_handlers.hpp>
#include <batchproof/zoo/broken_processors.hpp>
#include <batchproof/zoo/end_to_end_faults.hpp>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <set>
#include <string_view>

#include "documented_fields.hpp"

namespace batchproof::tools {
namespace {

using nlohmann::json;
using ::testing::AllOf;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;

bool is_thorough() {
  const char* const profile = std::getenv("BATCHPROOF_PROFILE");
  return profile != nullptr && std::string_view(profile) == "thorough";
}

TEST(ThoroughZooCommand, ShowsThatEachLawCatchesItsFaults) {
  if (!is_thorough()) GTEST_SKIP() << "takes minutes: for BATCHPROOF_PROFILE=thorough";
  const ToolRun run = run_tool({"zoo", "--end-to-end"});
  expect_success_with_every_law(run);
  EXPECT_THAT(run.out,
              AllOf(HasSubstr("Each law catches its faults."),
                    ContainsRegex("skip_group_ignored +sqs_fifo +[0-9]+ .* [0-9]+/2"),
                    ContainsRegex("swallows_rejection +handler"),
                    ContainsRegex("forgets_to_return_failures +(kinesis|dynamodb) +1 +[0-9]+/[1-5] "),
                    Not(HasSubstr("\x1b"))));
}

TEST(ZooCommand, FailsWhereCasesAreTooFew) {
  const ToolRun run = run_tool({"zoo", "--seeds", "1", "--cases", "1", "--end-to-end", "--json"});
  EXPECT_EQ(run.status, 1);
  expect_documented("batchproof zoo", {run});
  const json facts = json::parse(run.out);
  EXPECT_EQ(facts.at("passed"), false);
  EXPECT_FALSE(facts.at("gaps").empty());
  EXPECT_EQ(facts.at("cases"), 1);

  std::set<std::string> names;
  for (const json& fault : facts.at("faults")) {
    names.insert(fault.at("fault"));
    const json& trials = fault.at("each_law");
    EXPECT_TRUE(std::any_of(trials.begin(), trials.end(), [&](const json& trial) {
      return trial.at("law") == fault.at("law");
    })) << fault;
  }
  EXPECT_EQ(names.size(), zoo::broken_processors().size() + zoo::broken_handlers().size());

  const json& end_to_end = facts.at("end_to_end");
  EXPECT_EQ(end_to_end.at("laws").size(), simulator::end_to_end_laws().size());
  std::size_t must_catch = 0;
  for (const json& fault : end_to_end.at("faults")) {
    for (const json& trial : fault.at("each_law")) {
      if (trial.at("must_catch")) ++must_catch;
      EXPECT_EQ(trial.at("worlds"), 1) << fault;
      EXPECT_EQ(trial.contains("messages"), trial.at("caught") && trial.at("must_catch")) << fault;
    }
  }
  std::size_t known = 0;
  for (const auto& fault : zoo::end_to_end_faults()) known += fault.own_laws.size();
  EXPECT_EQ(must_catch, known);
}

TEST(ZooCommand, RefusesWhatItCannotDo) {
  for (const std::vector<std::string>& arguments : {std::vector<std::string>{"--seeds", "0"},
                                                    {"--cases", "-1"},
                                                    {"--seed", "x"},
                                                    {"--no-such-option"},
                                                    {"fault"}}) {
    std::vector<std::string> command{"zoo"};
    command.insert(command.end(), arguments.begin(), arguments.end());
    const ToolRun run = run_tool(command);
    EXPECT_EQ(run.status, 2) << arguments[0];
    EXPECT_EQ(run.out, "");
    EXPECT_EQ(std::count(run.error.begin(), run.error.end(), '\n'), 1) << run.error;
  }
}

}  // namespace
}  // namespace batchproof::tools
