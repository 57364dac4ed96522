#include <gmock/gmock.h>

#include <batchproof/properties/laws.hpp>

#include "../hand_made.hpp"

namespace batchproof::properties {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Observation run_again(Observation first, Observation again) {
  first.further_runs.push_back(std::move(again));
  return first;
}

TEST(Fresh, HoldsWhereTheSecondRunIsAsTheFirst) {
  const auto batch = case_of("ox");
  const auto run = run_of(batch, {0, 1}, response_with({"m1"}));
  EXPECT_THAT(judge_by(fresh, batch, run_again(run, run)), IsEmpty());
}

TEST(Fresh, IsViolatedByAnotherResponse) {
  const auto batch = case_of("ox");
  EXPECT_THAT(judge_by(fresh, batch,
                       run_again(run_of(batch, {0, 1}, response_with({"m1"})),
                                 run_of(batch, {0, 1}, response_with({"m0", "m1"})))),
              ElementsAre(HasSubstr("after another batch, is answered")));
  EXPECT_EQ(judge_by(fresh, batch,
                     run_again(run_of(batch, {0, 1}, response_with({"m1"})), thrown_run_of(batch, {0, 1})))
                .size(),
            1U);
}

TEST(Fresh, NamesTheBatchBetween) {
  const auto batch = case_of("ox");
  auto run = run_of(batch, {0, 1}, response_with({"m1"}));
  run.further_runs.push_back(run_of(case_of("x"), {0}, response_with({"m0"})));
  run.further_runs.push_back(run_of(batch, {0, 1}, response_with({"m0", "m1"})));
  EXPECT_THAT(judge_by(fresh, batch, run),
              ElementsAre(HasSubstr(R"(after a batch that handled "m0" (threw), is answered)")));
}

TEST(Fresh, HoldsWhereTheServiceReadsTheSame) {
  const auto batch = case_of("xx");
  EXPECT_THAT(judge_by(fresh, batch,
                       run_again(run_of(batch, {0, 1}, response_with({"m0", "m1"})),
                                 run_of(batch, {1, 0}, R"({ "batchItemFailures": [{"itemIdentifier":"m1"},
                                                           {"itemIdentifier":"m0"}] })"))),
              IsEmpty());
  auto first = thrown_run_of(batch, {0, 1});
  auto again = thrown_run_of(batch, {0, 1});
  again.error = "all failed, at another time";
  EXPECT_THAT(judge_by(fresh, batch, run_again(first, again)), IsEmpty());
}

TEST(Fresh, IsViolatedByOtherCalls) {
  const auto batch = case_of("oo");
  EXPECT_THAT(
      judge_by(fresh, batch,
               run_again(run_of(batch, {0, 1}, response_with({})), run_of(batch, {0}, response_with({})))),
      ElementsAre(HasSubstr("is handled otherwise")));
}

}  // namespace
}  // namespace batchproof::properties
