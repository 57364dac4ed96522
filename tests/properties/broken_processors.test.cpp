#include <gmock/gmock.h>

#include <algorithm>
#include <batchproof/fixtures/broken_processors.hpp>
#include <batchproof/properties/verify_laws.hpp>
#include <set>

namespace batchproof::properties {
namespace {

using fixtures::broken_processors;
using fixtures::BrokenProcessor;

class BrokenProcessors : public ::testing::TestWithParam<BrokenProcessor> {};

TEST_P(BrokenProcessors, AreCaughtByTheirLawAlone) {
  const BrokenProcessor& broken = GetParam();
  const Law* const law = find_law(broken.law);
  ASSERT_NE(law, nullptr) << broken.law;
  for (const std::uint64_t seed : {1U, 2U, 3U, 4U, 5U}) {
    const Report report =
        verify_laws({law, 1}, broken.source, broken.subject, broken.claims, {.cases = 1000, .seed = seed});
    EXPECT_EQ(report.broken_law(), broken.law) << report.text();
    EXPECT_FALSE(report.passed());
    EXPECT_EQ(report.laws().front().state, LawState::broken);
    EXPECT_LE(report.counterexample().size(), 3U) << report.text();
    EXPECT_FALSE(report.counterexample().violations.empty());
    RecordProperty("cases_with_seed_" + std::to_string(seed), report.cases());
    RecordProperty("size_with_seed_" + std::to_string(seed),
                   static_cast<int>(report.counterexample().size()));
  }
}

INSTANTIATE_TEST_SUITE_P(All, BrokenProcessors, ::testing::ValuesIn(broken_processors()),
                         [](const auto& test) { return test.param.name; });

TEST(BrokenProcessorsAsAWhole, ShowThatEachLawCatchesSomething) {
  std::set<std::string> caught;
  std::set<std::string> names;
  for (const BrokenProcessor& broken : broken_processors()) {
    caught.insert(broken.law);
    EXPECT_TRUE(names.insert(broken.name).second) << broken.name;
  }
  for (const Law& law : processor_laws()) EXPECT_TRUE(caught.contains(std::string(law.id))) << law.id;
}

}  // namespace
}  // namespace batchproof::properties
