#include <gmock/gmock.h>

#include <batchproof/fixtures/kinesis_message.hpp>
#include <batchproof/properties/laws.hpp>

#include "../hand_made.hpp"

namespace batchproof::properties {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// Records 8, 9, 10 and so on of a window that goes on.
fixtures::BatchCase window_case(std::string_view pattern) {
  fixtures::BatchCase batch{.source = fixtures::Source::kinesis_window, .records = {}};
  for (std::size_t index = 0; index < pattern.size(); ++index) {
    batch.records.push_back(
        fixtures::to_case_record(fixtures::KinesisMessage{.sequence_number = std::to_string(index + 8)}));
    batch.records.back().rejected = pattern[index] == 'x';
  }
  return batch;
}

/// The event of the case with this state, in the last invocation of its window or in another.
std::string event_of_window(const fixtures::BatchCase& batch, const std::string& state,
                            bool is_last = false) {
  std::string records;
  for (const auto& record : batch.records) records += (records.empty() ? "" : ",") + record.json;
  return R"({"Records":[)" + records + R"(],"window":{},"state":)" + state + R"(,"isFinalInvokeForWindow":)" +
         (is_last ? "true" : "false") + "}";
}

std::string answer_of_window(const std::string& state, const std::string& reported = "") {
  return R"({"state":)" + state + R"(,"batchItemFailures":[)" + reported + "]}";
}

const std::string from_ten = R"({"itemIdentifier":"10"})";

std::vector<Violation> judged(const std::string& pattern, const std::string& response,
                              const std::string& state = "{}", bool is_last = false) {
  const fixtures::BatchCase batch = window_case(pattern);
  Observation run = run_of(batch, {}, response);
  run.payload = event_of_window(batch, state, is_last);
  return judge_by(window, batch, run, {.stop_on_first_failure = true});
}

TEST(Window, AppliesToWindowsAlone) {
  EXPECT_TRUE(window.applies(fixtures::Source::dynamodb_window, {}));
  EXPECT_FALSE(window.applies(fixtures::Source::kinesis, {}));
}

TEST(Window, HoldsWhenTheStateIsTheFoldOfAllRecords) {
  EXPECT_THAT(judged("oo", answer_of_window(R"({"folded":["a","8","9"]})"), R"({"folded":["a"]})"),
              IsEmpty());
}

TEST(Window, HoldsWhenTheStateEndsBeforeTheCheckpoint) {
  EXPECT_THAT(judged("ooxo", answer_of_window(R"({"folded":["8","9"]})", from_ten)), IsEmpty());
}

TEST(Window, HoldsForAnEmptyStateAndAnEmptyBatch) {
  EXPECT_THAT(judged("", answer_of_window("{}")), IsEmpty());
}

TEST(Window, IsViolatedByAStateWithTheFailedRecordInIt) {
  EXPECT_THAT(judged("oox", answer_of_window(R"({"folded":["8","9","10"]})", from_ten)),
              ElementsAre(HasSubstr("the state is the fold of [\"8\",\"9\",\"10\"]")));
}

TEST(Window, IsViolatedByARecordThatCountsTwice) {
  EXPECT_THAT(judged("o", answer_of_window(R"({"folded":["8","8"]})")), ElementsAre(HasSubstr("before the")));
}

TEST(Window, IsViolatedByAResponseWithoutState) {
  EXPECT_THAT(judged("o", R"({"batchItemFailures":[]})"), ElementsAre(HasSubstr("holds no state")));
  EXPECT_THAT(judged("o", answer_of_window("[]")), ElementsAre(HasSubstr("holds no state")));
}

TEST(Window, IsViolatedByAnInvocationThatFails) {
  const fixtures::BatchCase batch = window_case("x");
  EXPECT_THAT(judge_by(window, batch, thrown_run_of(batch, {0}), {}), ElementsAre(HasSubstr("folded again")));
}

TEST(Window, AsksForTheEndOfAWindowOnceEveryRecordSucceeded) {
  EXPECT_THAT(judged("o", answer_of_window(R"({"folded":["8"],"finished":true})"), "{}", true), IsEmpty());
  EXPECT_THAT(judged("o", answer_of_window(R"({"folded":["8"]})"), "{}", true),
              ElementsAre(HasSubstr("it is not finished")));
  EXPECT_THAT(judged("o", answer_of_window(R"({"folded":["8"],"finished":true})")),
              ElementsAre(HasSubstr("is finished and goes on")));
  EXPECT_THAT(
      judged("oox", answer_of_window(R"({"folded":["8","9"],"finished":true})", from_ten), "{}", true),
      ElementsAre(HasSubstr("although a record failed")));
}

}  // namespace
}  // namespace batchproof::properties
