// Each end-to-end law, alone, catches the broken processors that it is known to catch.

#include <gmock/gmock.h>

#include <algorithm>
#include <batchproof/fixtures/law_named.hpp>
#include <batchproof/simulator/laws.hpp>
#include <batchproof/simulator/world.hpp>
#include <batchproof/zoo/end_to_end_faults.hpp>
#include <string>
#include <utility>
#include <vector>

namespace batchproof::zoo {
namespace {

using simulator::end_to_end_laws;
using simulator::EndToEndLaw;

/// The names of faults, each with the id of a law that must catch it.
std::vector<std::pair<std::string, std::string>> known_catches() {
  std::vector<std::pair<std::string, std::string>> known;
  for (const Fault& fault : end_to_end_faults()) {
    for (const std::string& law : fault.own_laws) known.emplace_back(fault.name, law);
  }
  return known;
}

Fault fault_named(const std::string& name) {
  const auto faults = end_to_end_faults();
  return *std::find_if(faults.begin(), faults.end(), [&](const Fault& fault) { return fault.name == name; });
}

class BrokenProcessors : public ::testing::TestWithParam<std::pair<std::string, std::string>> {};

TEST_P(BrokenProcessors, AreCaughtWithAtMostFiveMessages) {
  const auto& [name, law] = GetParam();
  const Fault fault = fault_named(name);
  ASSERT_THAT(fault.laws, ::testing::Contains(law));
  const LawTrial trial = fault.run(law, 200, 1);
  ASSERT_TRUE(trial.caught);
  EXPECT_LE(trial.cases, 200);
  EXPECT_GE(trial.size.value_or(0), 1U);
  EXPECT_LE(trial.size.value_or(0), 5U);
  EXPECT_FALSE(trial.violations.empty());
  EXPECT_EQ(simulator::world_from_json(trial.smallest_case).messages, trial.size);
}

INSTANTIATE_TEST_SUITE_P(All, BrokenProcessors, ::testing::ValuesIn(known_catches()), [](const auto& test) {
  std::string name = test.param.first + "_" + test.param.second;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

TEST(EndToEndLaws, EachCatchSomethingAlone) {
  const auto known = known_catches();
  for (const EndToEndLaw& law : end_to_end_laws()) {
    EXPECT_TRUE(std::any_of(known.begin(), known.end(), [&](const auto& caught) {
      return caught.second == law.id;
    })) << law.id;
  }
}

TEST(EndToEndFaults, TriesOtherLawsWithoutASearchForTheSmallestWorld) {
  const LawTrial trial = fault_named("answers_like_http").run("comes-to-rest", 3, 1);
  EXPECT_EQ(trial.size, std::nullopt);
  EXPECT_TRUE(trial.smallest_case.empty());
}

TEST(EndToEndFaults, GivesTheMatrixItsGaps) {
  const auto gaps = gaps_in(MutationMatrix{}, fixtures::ids_of(end_to_end_laws()));
  EXPECT_EQ(gaps.size(), end_to_end_laws().size());
  EXPECT_THAT(gaps, ::testing::Contains("comes-to-rest catches nothing"));
}

}  // namespace
}  // namespace batchproof::zoo
