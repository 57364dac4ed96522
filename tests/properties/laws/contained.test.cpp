#include <gmock/gmock.h>

#include <batchproof/fixtures/request_kind.hpp>
#include <batchproof/properties/laws.hpp>

#include "../hand_made.hpp"

namespace batchproof::properties {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(Contained, HoldsWhereTheOthersAreHandledAndAnswered) {
  const auto batch = case_of("xoo");
  EXPECT_THAT(judge_by(contained, batch, run_of(batch, {0, 1, 2}, response_with({"m0"}))), IsEmpty());
}

TEST(Contained, HoldsWhereAllFailedAndTheProcessorMayRaise) {
  const auto batch = case_of("xx");
  EXPECT_THAT(judge_by(contained, batch, thrown_run_of(batch, {0, 1})), IsEmpty());
}

TEST(Contained, IsViolatedWhereTheBatchIsLeft) {
  const auto batch = case_of("xo");
  EXPECT_THAT(judge_by(contained, batch, thrown_run_of(batch, {0, 1})),
              ElementsAre(HasSubstr("failed the whole batch")));
  const auto all = case_of("xx");
  EXPECT_EQ(
      judge_by(contained, all, thrown_run_of(all, {0, 1}), {.raise_on_entire_batch_failure = false}).size(),
      1U);
}

TEST(Contained, IsViolatedWhereTheLoopEnds) {
  const auto batch = case_of("oxo");
  EXPECT_THAT(judge_by(contained, batch, run_of(batch, {0, 1}, response_with({"m1", "m2"}))),
              ElementsAre(HasSubstr("record 2 (\"m2\") is not handled")));
}

TEST(Contained, AllowsToStopWhereOrderAsksForIt) {
  const auto batch = fifo_case("oxo", "aaa");
  EXPECT_THAT(judge_by(contained, batch, run_of(batch, {0, 1}, response_with({"m1", "m2"}))), IsEmpty());
}

TEST(Contained, IsAboutHandlersThatThrow) {
  const auto batch = case_of("oo");
  EXPECT_FALSE(is_judged_by(contained, batch, run_of(batch, {0, 1}, response_with({}))));
  const auto failing = case_of("ox");
  EXPECT_TRUE(is_judged_by(contained, failing, run_of(failing, {0, 1}, response_with({"m1"}))));
}

using HookCall = RecordProbe::HookCall;

std::vector<Violation> judge_hooks(std::vector<HookCall> hooks) {
  const auto batch = case_of("ox");
  Observation run = run_of(batch, {0, 1}, response_with({"m1"}));
  run.hooks = std::move(hooks);
  return judge_by(contained, batch, run);
}

TEST(Contained, WantsOneHookForEachRecord) {
  const HookCall success{HookCall::Hook::success, "m0"};
  const HookCall failure{HookCall::Hook::failure, "m1", "no"};
  EXPECT_THAT(judge_hooks({success, failure}), IsEmpty());
  EXPECT_THAT(judge_hooks({success}), ElementsAre(HasSubstr("for failure is not called for record 1")));
  EXPECT_THAT(judge_hooks({success, failure, failure}),
              ElementsAre(HasSubstr("for failure is called for \"m1\" once more")));
  EXPECT_THAT(judge_hooks({success, {HookCall::Hook::failure, "m1"}}),
              ElementsAre(HasSubstr("another cause")));
}

TEST(Contained, WantsTheHookToGetWhatTheHandlerAskedFor) {
  auto batch = case_of("x");
  batch.records[0].item_identifier = "m";
  while (fixtures::request_kind(batch.records[0]) != fixtures::RequestKind::refused_dead_letter)
    batch.records[0].item_identifier += 'm';
  const std::string& identifier = batch.records[0].item_identifier;
  const auto judge = [&](const std::string& cause) {
    Observation run = run_of(batch, {0}, response_with({identifier}));
    run.hooks = {HookCall{HookCall::Hook::failure, identifier, cause}};
    return judge_by(contained, batch, run, {.meets_requests = true});
  };
  EXPECT_THAT(judge(fixtures::request_reason(identifier) + "; not sent to the dead-letter queue: full"),
              IsEmpty());
  EXPECT_THAT(judge(fixtures::request_reason(identifier)), ElementsAre(HasSubstr("another cause")));
}

}  // namespace
}  // namespace batchproof::properties
