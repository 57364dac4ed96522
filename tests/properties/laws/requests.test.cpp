#include <gmock/gmock.h>

#include <batchproof/fixtures/library_processor.hpp>
#include <batchproof/fixtures/request_kind.hpp>
#include <batchproof/properties/laws.hpp>
#include <batchproof/properties/verify.hpp>

#include "../hand_made.hpp"

namespace batchproof::properties {
namespace {

using fixtures::ProcessorClaims;
using fixtures::RequestKind;
using fixtures::Source;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const ProcessorClaims with_requests{.meets_requests = true};

/// A batch of one record that asks for this.
fixtures::BatchCase batch_that_asks_for(RequestKind wanted, bool rejected) {
  fixtures::BatchCase batch{Source::sqs, {}};
  for (int number = 0;; ++number) {
    fixtures::CaseRecord record;
    record.item_identifier = "m" + std::to_string(number);
    record.fields = {{"body", "teapot"}};
    record.rejected = rejected;
    if (fixtures::request_kind(record) != wanted) continue;
    batch.records.push_back(record);
    return batch;
  }
}

RecordProbe::ActionCall letter_for(const fixtures::BatchCase& batch) {
  const std::string& identifier = batch.records[0].item_identifier;
  return {.is_dead_letter = true,
          .item_identifier = identifier,
          .body = "teapot",
          .reason = fixtures::request_reason(identifier),
          .after_calls = 1};
}

std::vector<Violation> judge_letters(const fixtures::BatchCase& batch,
                                     std::vector<RecordProbe::ActionCall> actions) {
  Observation run = run_of(batch, {0}, R"({"batchItemFailures":[]})");
  run.actions = std::move(actions);
  return judge_by(dead_letter, batch, run, with_requests);
}

TEST(DeadLetterLaw, WantsOneLetterWithBodyAndReason) {
  const auto batch = batch_that_asks_for(RequestKind::dead_letter, false);
  const auto letter = letter_for(batch);
  EXPECT_THAT(judge_letters(batch, {letter}), IsEmpty());
  EXPECT_THAT(judge_letters(batch, {letter, letter}), ElementsAre(HasSubstr("and it was sent 2 times")));
  EXPECT_THAT(judge_letters(batch, {}), ElementsAre(HasSubstr("and it was sent 0 times")));
  auto other = letter;
  other.reason = "failed";
  EXPECT_THAT(judge_letters(batch, {other}), ElementsAre(HasSubstr("with the reason \"failed\"")));
  other = letter;
  other.body = "saucer";
  EXPECT_THAT(judge_letters(batch, {other}), ElementsAre(HasSubstr("with another body")));
}

TEST(DeadLetterLaw, WantsNoLetterThatNobodyAskedFor) {
  const auto batch = batch_that_asks_for(RequestKind::drop, false);
  EXPECT_THAT(judge_letters(batch, {letter_for(batch)}), ElementsAre(HasSubstr("did not ask for that")));
}

TEST(DeadLetterLaw, WantsTheLetterSentBeforeTheNextMessageOfAFifoQueueIsHandled) {
  auto batch = batch_that_asks_for(RequestKind::dead_letter, false);
  batch.source = Source::sqs_fifo;
  batch.records.emplace_back().item_identifier = "next";
  Observation run = run_of(batch, {0, 1}, R"({"batchItemFailures":[]})");
  run.actions = {letter_for(batch)};
  EXPECT_THAT(judge_by(dead_letter, batch, run, with_requests), IsEmpty());
  run.actions[0].after_calls = 2;
  EXPECT_THAT(judge_by(dead_letter, batch, run, with_requests),
              ElementsAre(HasSubstr("after a later record that depends on it had been handled")));
}

TEST(RetryLaterLaw, WantsTheDelayOfEachMessageThatAskedForOne) {
  const auto batch = batch_that_asks_for(RequestKind::retry_after, true);
  const std::string& identifier = batch.records[0].item_identifier;
  const RecordProbe::ActionCall change{.item_identifier = identifier,
                                       .delay = fixtures::requested_delay(identifier)};
  const auto judge = [&](std::vector<RecordProbe::ActionCall> actions) {
    Observation run = run_of(batch, {0}, R"({"batchItemFailures":[]})");
    run.actions = std::move(actions);
    return judge_by(retry_later, batch, run, with_requests);
  };
  EXPECT_THAT(judge({change}), IsEmpty());
  EXPECT_THAT(judge({}), ElementsAre(HasSubstr("was never changed")));
  EXPECT_THAT(judge({change, change}), ElementsAre(HasSubstr("was changed 2 times")));
  auto other = change;
  other.delay += std::chrono::seconds(1);
  EXPECT_THAT(judge({other}), ElementsAre(HasSubstr("comes back after")));
  other = change;
  other.item_identifier = "another";
  EXPECT_THAT(judge({change, other}), ElementsAre(HasSubstr("the visibility of \"another\" was changed")));
}

TEST(DeadLetterLaw, AsksThisLibraryForTheGroupAndTheAttributes) {
  auto batch = batch_that_asks_for(RequestKind::dead_letter, false);
  batch.records[0].fields.push_back({"message_group_id", "a"});
  batch.records[0].fields.push_back({"messageAttributes.retry.dataType", "Number"});
  const auto judge = [&](const RecordProbe::ActionCall& letter, bool is_of_this_library) {
    Observation run = run_of(batch, {0}, R"({"batchItemFailures":[]})");
    run.actions = {letter};
    run.is_of_this_library = is_of_this_library;
    return judge_by(dead_letter, batch, run, with_requests);
  };
  auto letter = letter_for(batch);
  EXPECT_THAT(judge(letter, false), IsEmpty());
  EXPECT_THAT(judge(letter, true),
              ElementsAre(HasSubstr("another message group"), HasSubstr("other message attributes")));
  letter.message_group_id = "a";
  letter.attributes = 1;
  EXPECT_THAT(judge(letter, true), IsEmpty());
}

TEST(RetryLaterLaw, WantsTheBackoffOfAMessageThatFailedWithoutARequest) {
  auto batch = batch_that_asks_for(RequestKind::none, true);
  batch.records[0].fields = {{"attributes.ApproximateReceiveCount", "4"}};  // half to all of 5.6 s
  const auto judge = [&](std::optional<int> seconds, bool backs_off) {
    Observation run = run_of(batch, {0}, R"({"batchItemFailures":[]})");
    run.backs_off = backs_off;
    if (seconds) {
      run.actions = {{.item_identifier = batch.records[0].item_identifier,
                      .delay = std::chrono::seconds(*seconds),
                      .message_group_id = std::nullopt}};
    }
    return judge_by(retry_later, batch, run, with_requests);
  };
  for (const int seconds : {3, 4, 5, 6}) EXPECT_THAT(judge(seconds, true), IsEmpty()) << seconds;
  for (const int seconds : {2, 7}) {
    EXPECT_THAT(judge(seconds, true), ElementsAre(HasSubstr("s, and asked for 3 to 6 s"))) << seconds;
  }
  EXPECT_THAT(judge(std::nullopt, true), ElementsAre(HasSubstr("was never changed")));
  EXPECT_THAT(judge(3, false), ElementsAre(HasSubstr("did not ask for that")));
  EXPECT_THAT(judge(std::nullopt, false), IsEmpty());
}

TEST(LawsOfRequests, HoldForTheProcessorsOfThisLibrary) {
  const auto verify = [](Source source, ProcessorClaims mode) {
    mode.meets_requests = true;
    EXPECT_TRUE(verify_processor(source, fixtures::library_processor(source, mode), mode,
                                 {.cases = 200, .small_cases_budget = std::chrono::milliseconds(0)})
                    .passed());
  };
  verify(Source::sqs, {});
  verify(Source::sqs, {.raise_on_entire_batch_failure = false});
  verify(Source::sqs_fifo, {});
  verify(Source::sqs_fifo, {.skip_group_on_error = true});
  verify(Source::kinesis, {.stop_on_first_failure = true});
  verify(Source::dynamodb, {});
  verify(Source::kafka, {});
}

}  // namespace
}  // namespace batchproof::properties
