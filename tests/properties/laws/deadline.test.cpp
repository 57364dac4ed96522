#include <gmock/gmock.h>

#include <batchproof/fixtures/handling_time.hpp>
#include <batchproof/properties/laws.hpp>
#include <chrono>

#include "../hand_made.hpp"

namespace batchproof::properties {
namespace {

using std::chrono::milliseconds;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr milliseconds reserve(300);
const fixtures::ProcessorClaims with_reserve{.reserve = reserve};

/// How many records a processor starts that handles one after the other: until less than the reserve is left.
std::size_t records_in_time(const fixtures::BatchCase& batch) {
  milliseconds left = fixtures::time_limit;
  std::size_t count = 0;
  for (; count < batch.records.size() && left >= reserve; ++count)
    left -= fixtures::handling_time(batch.records[count].item_identifier);
  return count;
}

/// The run that handled the first records, each as soon as the one before it had ended.
Observation run_of_first(const fixtures::BatchCase& batch, std::size_t count, const std::string& response) {
  std::vector<std::size_t> handled;
  for (std::size_t index = 0; index < count; ++index) handled.push_back(index);
  Observation run = run_of(batch, handled, response);
  run.time_limit = fixtures::time_limit;
  milliseconds passed(0);
  for (auto& call : run.calls) {
    call.started_after = passed;
    passed += fixtures::handling_time(call.item_identifier);
  }
  return run;
}

std::vector<std::string> identifiers_from(const fixtures::BatchCase& batch, std::size_t first) {
  std::vector<std::string> identifiers;
  for (; first < batch.records.size(); ++first) identifiers.push_back(batch.records[first].item_identifier);
  return identifiers;
}

/// More records than there is time for, the second of them rejected.
fixtures::BatchCase long_batch() {
  auto batch = case_of("oxoooooooooooooooooo");
  EXPECT_LT(records_in_time(batch), batch.records.size());
  EXPECT_GT(records_in_time(batch), 1U);
  return batch;
}

/// The records that the processor must report: the failed one, and all that it had no time for.
std::string owed_response(const fixtures::BatchCase& batch) {
  auto failed = identifiers_from(batch, records_in_time(batch));
  failed.insert(failed.begin(), "m1");
  return response_with(failed);
}

TEST(InTime, HoldsWhenEachRecordStartsBeforeTheReserve) {
  const auto batch = long_batch();
  const auto run = run_of_first(batch, records_in_time(batch), owed_response(batch));
  EXPECT_THAT(judge_by(in_time, batch, run, with_reserve), IsEmpty());
}

TEST(InTime, IsViolatedByARecordThatStartsWithinTheReserve) {
  const auto batch = long_batch();
  auto run = run_of_first(batch, records_in_time(batch), owed_response(batch));
  run.calls.back().started_after = fixtures::time_limit - reserve + milliseconds(1);
  EXPECT_THAT(judge_by(in_time, batch, run, with_reserve),
              ElementsAre(HasSubstr("is started when 299 ms are left, but the reserve is 300 ms")));
}

TEST(InTime, IsViolatedByARecordThatIsHeldBackAlthoughThereIsTime) {
  const auto batch = long_batch();
  const auto run = run_of_first(batch, records_in_time(batch) - 1, owed_response(batch));
  EXPECT_THAT(judge_by(in_time, batch, run, with_reserve),
              ElementsAre(HasSubstr("is not started, although there is time")));
}

TEST(InTime, AppliesToProcessorsThatClaimAReserveAlone) {
  EXPECT_TRUE(in_time.applies(fixtures::Source::sqs, with_reserve));
  EXPECT_FALSE(in_time.applies(fixtures::Source::sqs, {}));
}

TEST(LateIsReported, HoldsWhenAllThatHadNoTimeIsReported) {
  const auto batch = long_batch();
  const auto run = run_of_first(batch, records_in_time(batch), owed_response(batch));
  EXPECT_THAT(judge_by(late_is_reported, batch, run, with_reserve), IsEmpty());
}

TEST(LateIsReported, IsViolatedByARecordThatHadNoTimeAndIsNotReported) {
  const auto batch = long_batch();
  const std::size_t in_time_count = records_in_time(batch);
  const auto run = run_of_first(batch, in_time_count, response_with({"m1"}));
  const auto violations = judge_by(late_is_reported, batch, run, with_reserve);
  EXPECT_THAT(violations, SizeIs(batch.records.size() - in_time_count));
  EXPECT_THAT(violations.front(), HasSubstr("was not started and is not reported: it is lost"));
}

TEST(LateIsReported, IsViolatedByAFailureThatIsNotReported) {
  const auto batch = long_batch();
  const std::size_t in_time_count = records_in_time(batch);
  const auto run = run_of_first(batch, in_time_count, response_with(identifiers_from(batch, in_time_count)));
  EXPECT_THAT(judge_by(late_is_reported, batch, run, with_reserve),
              ElementsAre(HasSubstr("record 1 (\"m1\") failed and is not reported: it is lost")));
}

TEST(LateIsReported, IsViolatedByASuccessThatIsReported) {
  const auto batch = long_batch();
  const auto run = run_of_first(batch, records_in_time(batch), response_with(identifiers_from(batch, 0)));
  const auto violations = judge_by(late_is_reported, batch, run, with_reserve);
  EXPECT_THAT(violations, SizeIs(records_in_time(batch) - 1));
  EXPECT_THAT(violations.front(), HasSubstr("record 0 (\"m0\") succeeded and is reported"));
}

TEST(LateIsReported, LetsAProcessorThrowOnlyWhenNoRecordSucceeded) {
  const auto none_succeeds = case_of("x");
  EXPECT_THAT(judge_by(late_is_reported, none_succeeds, thrown_run_of(none_succeeds, {0}), with_reserve),
              IsEmpty());
  const auto one_succeeds = case_of("o");
  EXPECT_THAT(judge_by(late_is_reported, one_succeeds, thrown_run_of(one_succeeds, {0}), with_reserve),
              ElementsAre(HasSubstr("the batch is not answered")));
}

TEST(InTime, AsksThisLibraryToGiveActionsHalfOfTheTimeThatIsLeft) {
  const auto batch = case_of("o");
  Observation run = run_of_first(batch, 1, response_with({}));
  run.actions = {{.item_identifier = "m0",
                  .message_group_id = std::nullopt,
                  .time_limit = fixtures::time_limit / 4,
                  .called_after = fixtures::time_limit / 2}};
  run.is_of_this_library = true;
  EXPECT_THAT(judge_by(in_time, batch, run, with_reserve), IsEmpty());
  run.actions[0].time_limit = fixtures::time_limit / 2;
  EXPECT_THAT(judge_by(in_time, batch, run, with_reserve), ElementsAre(HasSubstr("the action for \"m0\"")));
  run.actions[0].time_limit.reset();
  EXPECT_THAT(judge_by(in_time, batch, run, with_reserve), ElementsAre(HasSubstr("may take any time")));
  run.is_of_this_library = false;
  EXPECT_THAT(judge_by(in_time, batch, run, with_reserve), IsEmpty());
}

}  // namespace
}  // namespace batchproof::properties
