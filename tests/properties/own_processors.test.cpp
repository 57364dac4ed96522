#include <gmock/gmock.h>

#include <batchproof/properties/laws.hpp>
#include <batchproof/properties/verify_laws.hpp>
#include <set>
#include <string>

#include "profile.hpp"
#include "subjects.hpp"

namespace batchproof::properties {
namespace {

/// For each of ten processors.
int many_cases() { return is_thorough() ? 100'000 : under_sanitizer ? 200 : 2000; }

class OwnProcessors : public ::testing::TestWithParam<OwnProcessor> {};

TEST_P(OwnProcessors, KeepEveryLaw) {
  const auto& [name, source, claims, subject] = GetParam();
  const Report report = verify_laws(processor_laws(), source, subject, claims,
                                    {.cases = many_cases(), .seed = 1, .odd_fields = true});
  EXPECT_TRUE(report);
  const std::set<std::string> about_rare_damages{"unreportable", "empty-is-empty", "right-source"};
  const std::set<std::string> about_half_of_the_cases{"contained", "fresh",
                                                      "independence"};  // these two in turns
  for (const LawResult& law : report.laws()) {
    const int percent = about_rare_damages.contains(law.id)        ? 4
                        : about_half_of_the_cases.contains(law.id) ? 40
                                                                   : 70;
    EXPECT_TRUE(law.state == LawState::not_applicable || law.id == canary.id || law.id == survives.id ||
                law.cases * 100 >= report.cases() * percent)
        << law.id << ": " << law.cases;
  }
}

TEST_P(OwnProcessors, KeepEveryLawOnLargerBatches) {
  const auto& [name, source, claims, subject] = GetParam();
  EXPECT_TRUE(
      verify_laws(processor_laws(), source, subject, claims, {.cases = 20, .seed = 4, .largest_batch = 300}));
}

INSTANTIATE_TEST_SUITE_P(All, OwnProcessors, ::testing::ValuesIn(own_processors()),
                         [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace batchproof::properties
