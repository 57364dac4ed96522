// Each end-to-end law, alone, catches the broken processors of the fixtures that it is known to catch.

#include <gmock/gmock.h>

#include <algorithm>
#include <batchproof/simulator.hpp>
#include <string>

namespace batchproof::simulator {
namespace {

class BrokenProcessors : public ::testing::TestWithParam<KnownCatch> {};

TEST_P(BrokenProcessors, AreCaughtWithAtMostFiveMessages) {
  const EndToEndTrial trial = try_law(GetParam());
  ASSERT_TRUE(trial.caught);
  EXPECT_LE(trial.worlds, 200U);
  EXPECT_GE(trial.messages, 1U);
  EXPECT_LE(trial.messages, 5U);
}

INSTANTIATE_TEST_SUITE_P(All, BrokenProcessors,
                         ::testing::ValuesIn(known_catches().begin(), known_catches().end()),
                         [](const auto& test) {
                           std::string name =
                               std::string(test.param.processor) + "_" + std::string(test.param.law);
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

TEST(EndToEndLaws, EachCatchSomethingAlone) {
  const auto known = known_catches();
  for (const EndToEndLaw& law : end_to_end_laws()) {
    EXPECT_TRUE(std::any_of(known.begin(), known.end(), [&](const KnownCatch& caught) {
      return caught.law == law.id;
    })) << law.id;
  }
}

TEST(EndToEndMatrix, NamesWhatIsNotCaught) {
  const auto gaps = gaps_in(std::vector<EndToEndTrials>{});
  EXPECT_EQ(gaps.size(), known_catches().size() + end_to_end_laws().size());
  EXPECT_THAT(gaps, ::testing::Contains("loses_last_failure is not caught by nothing-vanishes"));
  EXPECT_THAT(gaps, ::testing::Contains("comes-to-rest catches nothing"));
}

}  // namespace
}  // namespace batchproof::simulator
