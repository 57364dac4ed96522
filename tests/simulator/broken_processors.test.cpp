// Broken processors of the fixtures, each caught by the law of whole lives that speaks of its fault, judged
// alone.

#include <gmock/gmock.h>

#include <algorithm>
#include <batchproof/simulator.hpp>
#include <ostream>

namespace batchproof::simulator {
namespace {

using fixtures::BrokenProcessor;

struct Catch {
  const char* law;
  const char* processor;

  friend void PrintTo(const Catch& caught, std::ostream* stream) { *stream << caught.processor; }
};

/// A new one of this name: some keep something from batch to batch.
BrokenProcessor made_again(std::string_view name) {
  auto all = fixtures::make_broken_processors();
  return *std::find_if(all.begin(), all.end(), [&](const BrokenProcessor& one) { return one.name == name; });
}

class BrokenLives : public ::testing::TestWithParam<Catch> {};

TEST_P(BrokenLives, AreCaughtWithAtMostFiveMessages) {
  const BrokenProcessor broken = made_again(GetParam().processor);
  const auto report = simulate_random_worlds([&] { return made_again(broken.name).subject; }, broken.source,
                                             broken.claims, {.worlds = 200, .law = GetParam().law});
  ASSERT_EQ(report.broken_law(), GetParam().law);
  EXPECT_LE(report.counterexample()->smallest.messages, 5U);
  EXPECT_FALSE(report.counterexample()->violations.empty());
}

constexpr Catch catches[] = {
    {"nothing-vanishes", "loses_last_failure"},
    {"nothing-vanishes", "reports_only_last_failure"},
    {"nothing-vanishes", "notes_no_failure"},
    {"nothing-vanishes", "fifo_forgets_unhandled"},
    {"nothing-vanishes", "skip_group_forgets_skipped"},
    {"nothing-vanishes", "group_failure_forgets_failed_record"},
    {"nothing-vanishes", "answers_like_http"},
    {"nothing-vanishes", "awaits_nothing"},
    {"nothing-vanishes", "second_half_wipes_the_first"},
    {"nothing-skipped", "forgets_to_return_failures"},
    {"nothing-skipped", "answers_nothing_when_all_failed"},
    {"nothing-skipped", "trusts_what_is_no_exception"},
    {"nothing-skipped", "lowest_in_text_order"},
    {"nothing-skipped", "lowest_as_64_bits"},
    {"nothing-skipped", "lowest_as_double"},
    {"nothing-skipped", "last_failure_as_checkpoint"},
    {"nothing-skipped", "writes_failures_over"},
    {"nothing-skipped", "first_to_fail_as_checkpoint"},
    {"group-order", "fifo_continues_after_failure"},
    {"group-order", "fifo_stops_one_message_only"},
    {"group-order", "fifo_stops_at_first_message_only"},
    {"group-order", "skip_group_ignored"},
    {"group-order", "skip_group_keeps_one_group"},
    {"group-order", "skip_group_ends_at_a_success"},
    {"group-order", "shares_queue_between_workers"},
    {"key-order", "handles_last_first"},
    {"key-order", "claims_to_stop"},
    {"poison-is-isolated", "keeps_failures"},
    {"needed-redelivery", "reports_successes"},
    {"needed-redelivery", "raises_once_one_failed"},
    {"needed-redelivery", "lets_what_is_no_exception_escape"},
    {"needed-redelivery", "skip_group_stops_other_groups"},
    {"needed-redelivery", "last_success_as_checkpoint"},
    {"needed-redelivery", "counts_on_from_the_last_success"},
    {"needed-redelivery", "stops_at_what_is_no_exception"},
    {"needed-redelivery", "stops_at_logic_error"},
    {"needed-redelivery", "lets_failure_hook_throw"},
    {"needed-redelivery", "keeps_failures"},
    {"needed-redelivery", "keeps_failed_groups"},
    {"needed-redelivery", "stays_stopped"},
    {"needed-redelivery", "refuses_what_failed_before"},
    {"needed-redelivery", "gives_up_when_most_failed"},
    {"needed-redelivery", "handles_the_first_alone"},
    {"needed-redelivery", "wrong_key_name"},
    {"needed-redelivery", "answers_nothing_when_all_is_well"},
    {"needed-redelivery", "answers_with_empty_identifier"},
    {"needed-redelivery", "writes_numbers"},
    {"needed-redelivery", "reports_changed_identifiers"},
    {"needed-redelivery", "raises_against_its_claim"},
    {"bounded-redelivery", "handles_twice"},
    {"comes-to-rest", "keeps_failures"},
};

INSTANTIATE_TEST_SUITE_P(All, BrokenLives, ::testing::ValuesIn(catches), [](const auto& test) {
  std::string name = std::string(test.param.processor) + "_" + test.param.law;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

TEST(LifeLaws, EachCatchSomethingAlone) {
  for (const LifeLaw& law : life_laws()) {
    EXPECT_TRUE(std::any_of(std::begin(catches), std::end(catches), [&](const Catch& caught) {
      return caught.law == law.id;
    })) << law.id;
  }
}

TEST(LifeLaws, AreFoundByTheirIds) {
  for (const LifeLaw& law : life_laws()) EXPECT_EQ(find_life_law(law.id), &law);
  EXPECT_EQ(find_life_law("no-such-law"), nullptr);
}

}  // namespace
}  // namespace batchproof::simulator
