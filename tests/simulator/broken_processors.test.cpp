// Broken processors of the fixtures, each caught by the law of whole lives that speaks of its fault, judged
// alone.

#include <gmock/gmock.h>

#include <algorithm>
#include <batchproof/simulator.hpp>
#include <string>

namespace batchproof::simulator {
namespace {

class BrokenLives : public ::testing::TestWithParam<LifeCatch> {};

TEST_P(BrokenLives, AreCaughtWithAtMostFiveMessages) {
  const LifeTrial trial = try_life_law(GetParam());
  ASSERT_TRUE(trial.caught);
  EXPECT_LE(trial.worlds, 200U);
  EXPECT_GE(trial.messages, 1U);
  EXPECT_LE(trial.messages, 5U);
}

INSTANTIATE_TEST_SUITE_P(All, BrokenLives, ::testing::ValuesIn(life_catches().begin(), life_catches().end()),
                         [](const auto& test) {
                           std::string name =
                               std::string(test.param.processor) + "_" + std::string(test.param.law);
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

TEST(LifeLaws, EachCatchSomethingAlone) {
  const auto known = life_catches();
  for (const LifeLaw& law : life_laws()) {
    EXPECT_TRUE(std::any_of(known.begin(), known.end(), [&](const LifeCatch& caught) {
      return caught.law == law.id;
    })) << law.id;
  }
}

TEST(LifeLaws, AreFoundByTheirIds) {
  for (const LifeLaw& law : life_laws()) EXPECT_EQ(find_life_law(law.id), &law);
  EXPECT_EQ(find_life_law("no-such-law"), nullptr);
}

TEST(LifeMatrix, SaysWhatIsNotCaught) {
  const auto flaws = flaws_in(std::vector<LifeTrials>{});
  EXPECT_EQ(flaws.size(), life_catches().size() + life_laws().size());
  EXPECT_THAT(flaws, ::testing::Contains("loses_last_failure is not caught by nothing-vanishes"));
  EXPECT_THAT(flaws, ::testing::Contains("comes-to-rest catches nothing"));
}

}  // namespace
}  // namespace batchproof::simulator
