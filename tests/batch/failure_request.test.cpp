#include <batchproof/failure_request.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <batchproof/batch.hpp>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <vector>

#include "events.hpp"
#include "sources.hpp"

namespace batchproof {
namespace {

using namespace std::chrono_literals;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// A queue that notes what it was asked to do.
struct NotedActions {
  std::vector<std::string> sent{};
  std::vector<std::string> changed{};
  int calls = 0;

  QueueActions actions() {
    return {.change_visibility =
                [this](std::span<VisibilityChange> changes) {
                  ++calls;
                  for (const VisibilityChange& change : changes) {
                    changed.push_back(std::string(change.record.message_id()) + " " +
                                      std::to_string(change.delay.count()));
                  }
                },
            .send_dead_letter =
                [this](const DeadLetterMessage& message) {
                  sent.push_back(std::string(message.item_identifier) + " " + std::string(message.body) +
                                 ": " + std::string(message.reason));
                }};
  }
};

/// Does to each record what its body says.
void obey(const SqsRecord& record) {
  if (record.body() == "retry") throw RetryAfter(30s);
  if (record.body() == "dead") throw DeadLetter("no such customer");
  if (record.body() == "drop") throw Drop("obsolete");
  if (record.body() == "fail") throw std::runtime_error("failed");
}

std::string messages(const std::vector<std::pair<const char*, const char*>>& ids_and_bodies) {
  std::vector<std::string> records;
  for (const auto& [id, body] : ids_and_bodies) records.push_back(sqs_record(id, body));
  return event_of(records);
}

TEST(RetryAfter, ChangesTheVisibilityOfAllMessagesByOneCallAtTheEndOfTheBatch) {
  NotedActions queue;
  const BatchProcessor<SqsRecord> processor{{.actions = queue.actions()}};
  EXPECT_EQ(process_partial_response(messages({{"1", "retry"}, {"2", ""}, {"3", "retry"}}), obey, processor),
            R"({"batchItemFailures":[{"itemIdentifier":"1"},{"itemIdentifier":"3"}]})");
  EXPECT_THAT(queue.changed, ElementsAre("1 30", "3 30"));
  EXPECT_EQ(queue.calls, 1);
}

TEST(RetryAfter, IsOneFailureOfEachMessageWhenAllOfThemFail) {
  NotedActions queue;
  std::vector<std::string> heard;
  const BatchProcessor<SqsRecord> processor{
      {.on_failure = [&](const SqsRecord& record,
                         const Failure&) { heard.emplace_back(record.message_id()); },
       .actions = queue.actions()}};
  try {
    static_cast<void>(process_partial_response(messages({{"1", "retry"}, {"2", "retry"}}), obey, processor));
    ADD_FAILURE() << "not thrown";
  } catch (const BatchProcessingError& error) {
    EXPECT_EQ(error.exceptions().size(), 2U);
    EXPECT_STREQ(
        error.what(),
        "all 2 records of the batch failed: record 0 (1): retry after 30 s; record 1 (2): retry after 30 s");
  }
  EXPECT_THAT(heard, ElementsAre("1", "2"));
  EXPECT_EQ(queue.calls, 1);
}

TEST(RetryAfter, IsAnOrdinaryFailureWithoutActions) {
  const BatchProcessor<SqsRecord> processor;
  const auto event = decode<SqsRecord>(messages({{"1", "retry"}, {"2", ""}}));
  const auto batch = processor.process(event, obey);
  EXPECT_EQ(batch.messages()[0].status, Status::failure);
  EXPECT_EQ(batch.messages()[0].cause, "retry after 30 s");
}

TEST(RetryAfter, FailsAlsoWhenTheActionFailsAndSaysWhy) {
  std::vector<std::string> heard;
  const BatchProcessor<SqsRecord> processor{
      {.on_failure = [&](const SqsRecord&, const Failure& failure) { heard.push_back(failure.cause); },
       .actions = {.change_visibility = [](std::span<VisibilityChange> changes) {
         changes[1].error = "receipt handle expired";
         throw std::runtime_error("no route to the queue");
       }}}};
  const auto event = decode<SqsRecord>(messages({{"1", "retry"}, {"2", "retry"}, {"3", ""}}));
  const auto batch = processor.process(event, obey);
  EXPECT_EQ(batch.messages()[0].status, Status::failure);
  EXPECT_EQ(batch.messages()[0].cause, "retry after 30 s; visibility not changed: no route to the queue");
  EXPECT_EQ(batch.messages()[1].cause, "retry after 30 s; visibility not changed: receipt handle expired");
  EXPECT_THAT(heard, ElementsAre(batch.messages()[0].cause, batch.messages()[1].cause));
}

TEST(RetryAfter, KeepsWithinTheLimitsOfAws) {
  EXPECT_EQ(RetryAfter(-5s).delay(), 0s);
  EXPECT_EQ(RetryAfter(1500ms).delay(), 2s);
  EXPECT_EQ(RetryAfter(20h).delay(), 11h + 40min);
  EXPECT_STREQ(RetryAfter(2s, "busy").what(), "retry after 2 s: busy");
}

TEST(DeadLetter, SettlesTheRecordWhenItWasSent) {
  NotedActions queue;
  const BatchProcessor<SqsRecord> processor{{.actions = queue.actions()}};
  const auto event = decode<SqsRecord>(messages({{"1", "dead"}, {"2", "fail"}}));
  const auto batch = processor.process(event, obey);
  EXPECT_EQ(batch.to_json(), R"({"batchItemFailures":[{"itemIdentifier":"2"}]})");
  EXPECT_EQ(batch.messages()[0].status, Status::settled);
  EXPECT_EQ(batch.messages()[0].cause, "no such customer");
  EXPECT_THROW(std::rethrow_exception(batch.messages()[0].exception), DeadLetter);
  EXPECT_THAT(queue.sent, ElementsAre("1 dead: no such customer"));
}

TEST(DeadLetter, IsAnOrdinaryFailureWithoutActions) {
  const BatchProcessor<SqsRecord> processor;
  EXPECT_EQ(process_partial_response(messages({{"1", "dead"}, {"2", ""}}), obey, processor),
            R"({"batchItemFailures":[{"itemIdentifier":"1"}]})");
}

TEST(DeadLetter, IsAFailureWithBothReasonsWhenItCannotBeSent) {
  const BatchProcessor<SqsRecord> processor{{.actions = {.send_dead_letter = [](const DeadLetterMessage&) {
                                               throw std::runtime_error("no such queue");
                                             }}}};
  const auto event = decode<SqsRecord>(messages({{"1", "dead"}, {"2", ""}}));
  const auto batch = processor.process(event, obey);
  EXPECT_EQ(batch.messages()[0].status, Status::failure);
  EXPECT_EQ(batch.messages()[0].cause, "no such customer; not sent to the dead-letter queue: no such queue");
}

TEST(DeadLetter, HasAReasonEvenWhenTheHandlerGaveNone) {
  NotedActions queue;
  const BatchProcessor<SqsRecord> processor{{.actions = queue.actions()}};
  static_cast<void>(process_partial_response(
      two_records, [](const SqsRecord&) { throw DeadLetter(""); }, processor));
  EXPECT_THAT(queue.sent[0], HasSubstr("batchproof::DeadLetter without a text"));
}

TEST(DeadLetter, IsNotSentWhenTheAttributesOfTheMessageCannotBeRead) {
  NotedActions queue;
  const BatchProcessor<SqsRecord> processor{
      {.raise_on_entire_batch_failure = false, .actions = queue.actions()}};
  const auto event = decode<SqsRecord>(
      event_of({with(sqs_record("1", "dead"), R"("messageAttributes":{})", R"("messageAttributes":[])")}));
  const auto batch = processor.process(event, obey);
  EXPECT_EQ(batch.messages()[0].status, Status::failure);
  EXPECT_THAT(queue.sent, IsEmpty());
}

TEST(Drop, SettlesTheRecordWithoutActions) {
  const BatchProcessor<SqsRecord> processor;
  const auto event = decode<SqsRecord>(messages({{"1", "drop"}, {"2", "drop"}}));
  const auto batch = processor.process(event, obey);
  EXPECT_EQ(batch.to_json(), R"({"batchItemFailures":[]})");
  EXPECT_EQ(batch.messages()[1].status, Status::settled);
  EXPECT_EQ(batch.messages()[1].cause, "obsolete");
}

TEST(SettledHook, HearsOfSettledRecordsAloneAndChangesNothingWhenItThrows) {
  std::vector<std::string> heard;
  NotedActions queue;
  const BatchProcessor<SqsRecord> processor{
      {.on_success = [&](const SqsRecord&) { heard.push_back("success"); },
       .on_failure = [&](const SqsRecord&, const Failure&) { heard.push_back("failure"); },
       .on_settled =
           [&](const SqsRecord& record, const Failure& reason) {
             heard.push_back(std::string(record.message_id()) + ": " + reason.cause);
             throw 42;
           },
       .actions = queue.actions()}};
  EXPECT_EQ(process_partial_response(messages({{"1", "dead"}, {"2", "drop"}, {"3", ""}}), obey, processor),
            R"({"batchItemFailures":[]})");
  EXPECT_THAT(heard, ElementsAre("1: no such customer", "2: obsolete", "success"));
}

std::string fifo_event() {
  return event_of({fifo_record("1", "a", "dead"), fifo_record("2", "a", "retry"), fifo_record("3", "a", ""),
                   fifo_record("4", "b", "drop"), fifo_record("5", "b", "")});
}

TEST(FifoRequests, FreeTheGroupWhenSettledAndHoldItWhenDelayed) {
  NotedActions queue;
  const SqsFifoPartialProcessor processor{{.skip_group_on_error = true, .actions = queue.actions()}};
  EXPECT_EQ(process_partial_response(fifo_event(), obey, processor),
            R"({"batchItemFailures":[{"itemIdentifier":"2"},{"itemIdentifier":"3"}]})");
  EXPECT_THAT(queue.sent, ElementsAre("1 dead: no such customer"));
  EXPECT_THAT(queue.changed, ElementsAre("2 30"));
}

TEST(FifoRequests, HoldTheGroupOfAMessageThatCouldNotBeDeadLettered) {
  const SqsFifoPartialProcessor processor{
      {.skip_group_on_error = true, .actions = {.send_dead_letter = [](const DeadLetterMessage&) {
                                      throw std::runtime_error("throttled");
                                    }}}};
  EXPECT_EQ(
      process_partial_response(fifo_event(), obey, processor),
      R"({"batchItemFailures":[{"itemIdentifier":"1"},{"itemIdentifier":"2"},{"itemIdentifier":"3"}]})");
}

TEST(FifoRequests, GoOnBehindASettledMessageAndStopTheQueueAtADelayedOne) {
  NotedActions queue;
  const SqsFifoPartialProcessor processor{{.actions = queue.actions()}};
  EXPECT_EQ(process_partial_response(fifo_event(), obey, processor),
            R"({"batchItemFailures":[{"itemIdentifier":"2"},{"itemIdentifier":"3"},)"
            R"({"itemIdentifier":"4"},{"itemIdentifier":"5"}]})");
}

template <class Record>
class StreamRequests : public ::testing::Test {};
TYPED_TEST_SUITE(StreamRequests, StreamSources, SourceNames);

TYPED_TEST(StreamRequests, MoveTheCheckpointOnWhenTheRecordIsSettled) {
  NotedActions queue;
  const BatchProcessor<TypeParam> processor{{.stop_on_first_failure = true, .actions = queue.actions()}};
  const auto event = decode<TypeParam>(batch_of<TypeParam>({"11", "12", "13", "14"}));
  const auto batch = processor.process(event, [](const TypeParam& record) {
    if (record.index() == 0) throw DeadLetter("poison");
    if (record.index() == 1) throw Drop("obsolete");
    if (record.index() == 2) throw RetryAfter(30s);
  });
  EXPECT_EQ(batch.checkpoint(), "13");
  EXPECT_THAT(queue.sent, ElementsAre("11 " + Source<TypeParam>::record("11") + ": poison"));
  EXPECT_THAT(queue.changed, IsEmpty());
  EXPECT_EQ(batch.messages()[3].status, Status::failure);
}

/// As std::expected, which C++20 lacks.
template <class Error>
struct Outcome {
  std::optional<Error> failed{};
  bool has_value() const { return !failed; }
  const Error& error() const { return *failed; }
};

TEST(FailureRequests, MayBeErrorsOfOutcomes) {
  NotedActions queue;
  const BatchProcessor<SqsRecord> processor{
      {.raise_on_entire_batch_failure = false, .actions = queue.actions()}};
  const std::string event = messages({{"1", "retry"}, {"2", ""}});
  static_cast<void>(process_partial_response(
      event, [](const SqsRecord&) { return Outcome<RetryAfter>{RetryAfter(5s)}; }, processor));
  EXPECT_THAT(queue.changed, ElementsAre("1 5", "2 5"));
  const auto decoded = decode<SqsRecord>(event);
  const auto drop = [](const SqsRecord&) {
    return Outcome<std::exception_ptr>{std::make_exception_ptr(Drop("old"))};
  };
  const auto batch = processor.process(decoded, drop);
  EXPECT_EQ(batch.messages()[1].status, Status::settled);
}

TEST(FailureRequests, MayBeClassesOfTheUsersOwn) {
  struct NoSuchCustomer : Drop {
    NoSuchCustomer() : Drop("no such customer") {}
  };
  const BatchProcessor<SqsRecord> processor;
  EXPECT_EQ(process_partial_response(
                two_records, [](const SqsRecord&) { throw NoSuchCustomer(); }, processor),
            R"({"batchItemFailures":[]})");
}

TEST(FailureRequests, TakeTheResultOfARecordWhoseSuccessHookMadeThem) {
  const BatchProcessor<SqsRecord> processor{{.on_success = [](const SqsRecord&) { throw Drop("late"); }}};
  const auto event = decode<SqsRecord>(two_records);
  const auto batch = processor.process(event, [](const SqsRecord&) { return 7; });
  EXPECT_EQ(batch.messages()[0].status, Status::settled);
  EXPECT_EQ(batch.messages()[0].result, std::nullopt);
}

TEST(FailureRequests, AreMetInOwnProcessorsToo) {
  class Own : public BasePartialProcessor<SqsRecord> {};
  Own processor;
  EXPECT_EQ(process_partial_response(messages({{"1", "drop"}, {"2", "fail"}}), obey, processor),
            R"({"batchItemFailures":[{"itemIdentifier":"2"}]})");
}

/// A queue that never answers: each call takes as long as it may.
struct HangingQueue {
  std::chrono::system_clock::time_point time = std::chrono::system_clock::from_time_t(1'800'000'000);
  Clock clock = [this] { return time; };
  std::vector<std::chrono::milliseconds> limits{};

  void hang(std::optional<std::chrono::milliseconds> limit) {
    limits.push_back(limit.value());
    time += *limit;
    throw std::runtime_error("the queue timed out");
  }
  QueueActions actions() {
    return {.change_visibility =
                [this](std::span<VisibilityChange> changes) {
                  EXPECT_EQ(changes.front().time_limit, changes.back().time_limit);
                  hang(changes.front().time_limit);
                },
            .send_dead_letter = [this](const DeadLetterMessage& message) { hang(message.time_limit); }};
  }
};

TEST(ActionsNearTheDeadline, LeaveTimeToAnswerWhenTheQueueHangs) {
  for (const std::chrono::milliseconds left : {500ms, 900ms, 10'000ms}) {
    HangingQueue queue;
    const BatchProcessor<SqsRecord> processor{
        {.raise_on_entire_batch_failure = false, .clock = queue.clock, .actions = queue.actions()}};
    const auto event = decode<SqsRecord>(messages(
        {{"1", "retry"}, {"2", "dead"}, {"3", "dead"}, {"4", "dead"}, {"5", "dead"}, {"6", "retry"}}));
    const LambdaContext context{.deadline = queue.time + left};
    const auto batch = processor.process(event, obey, context);
    EXPECT_EQ(batch.response().item_identifiers().size(), 6);
    EXPECT_EQ(queue.limits.at(0), left / 2);
    EXPECT_GE(*context.deadline - queue.time, 100ms);
    EXPECT_EQ(batch.messages()[0].cause, "retry after 30 s; visibility not changed: the queue timed out");
    EXPECT_EQ(batch.messages()[1].cause,
              "no such customer; not sent to the dead-letter queue: the queue timed out");
  }
}

TEST(ActionsNearTheDeadline, HaveNoTimeAfterIt) {
  HangingQueue queue;
  const BatchProcessor<SqsRecord> processor{
      {.raise_on_entire_batch_failure = false, .clock = queue.clock, .actions = queue.actions()}};
  const auto late = [&](const SqsRecord& record) {
    queue.time += 1min;
    obey(record);
  };
  const auto event = decode<SqsRecord>(messages({{"1", "dead"}, {"2", "dead"}}));
  static_cast<void>(processor.process(event, late, LambdaContext{.deadline = queue.time + 5s}));
  EXPECT_THAT(queue.limits, ElementsAre(0ms));
}

TEST(ActionsNearTheDeadline, HaveNoLimitWithoutADeadline) {
  std::vector<std::optional<std::chrono::milliseconds>> limits;
  const BatchProcessor<SqsRecord> processor{
      {.raise_on_entire_batch_failure = false,
       .actions = {
           .change_visibility =
               [&](std::span<VisibilityChange> changes) { limits.push_back(changes.front().time_limit); },
           .send_dead_letter =
               [&](const DeadLetterMessage& message) { limits.push_back(message.time_limit); },
       }}};
  const auto event = decode<SqsRecord>(messages({{"1", "retry"}, {"2", "dead"}}));
  static_cast<void>(processor.process(event, obey));
  EXPECT_THAT(limits, ElementsAre(std::nullopt, std::nullopt));
}

TEST(Backoff, DelaysMessagesThatFailedWithoutARequest) {
  NotedActions queue;
  QueueActions actions = queue.actions();
  actions.backoff = [](const SqsRecord& record) {
    if (record.index() == 1) throw 42;
    return 7s;
  };
  const SqsFifoPartialProcessor processor{{.skip_group_on_error = true, .actions = actions}};
  static_cast<void>(process_partial_response(
      event_of({fifo_record("1", "a", "fail"), fifo_record("2", "b", "fail"), fifo_record("3", "a", ""),
                fifo_record("4", "c", "dead"), fifo_record("5", "d", "")}),
      obey, processor));
  EXPECT_THAT(queue.changed, ElementsAre("1 7"));
}

}  // namespace
}  // namespace batchproof
