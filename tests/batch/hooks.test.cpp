#include <batchproof/hooks.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <batchproof/batch.hpp>
#include <stdexcept>
#include <string>
#include <vector>

#include "events.hpp"

namespace batchproof {
namespace {

using ::testing::ElementsAre;

TEST(Hooks, HearOfEachRecordInBatchOrder) {
  std::vector<std::string> heard;
  const BatchProcessor<SqsRecord> processor{
      {.on_success =
           [&](const SqsRecord& record) { heard.push_back("ok " + std::string(record.message_id())); },
       .on_failure =
           [&](const SqsRecord& record, const Failure& failure) {
             heard.push_back("failed " + std::string(record.message_id()) + ": " + failure.cause);
             EXPECT_NE(failure.exception, nullptr);
           }}};
  static_cast<void>(process_partial_response(two_records, reject_first, processor));
  EXPECT_THAT(heard, ElementsAre("failed 1: rejected", "ok 2"));
}

TEST(SuccessHook, FailsTheRecordWhenItThrowsAndTheFailureHookHearsOfIt) {
  std::vector<std::string> heard;
  const BatchProcessor<SqsRecord> processor{
      {.on_success =
           [](const SqsRecord& record) {
             if (record.index() == 1) throw std::runtime_error("could not log");
           },
       .on_failure = [&](const SqsRecord&, const Failure& failure) { heard.push_back(failure.cause); }}};
  EXPECT_EQ(process_partial_response(
                two_records, [](const SqsRecord&) {}, processor),
            R"({"batchItemFailures":[{"itemIdentifier":"2"}]})");
  EXPECT_THAT(heard, ElementsAre("could not log"));
}

struct CallOutcome {
  bool succeeds;
  bool IsSuccess() const { return succeeds; }
  std::string GetError() const { return "throttled"; }
};

TEST(SuccessHook, FailsTheRecordByTheErrorOfAnOutcome) {
  const BatchProcessor<SqsRecord> processor{
      {.on_success = [](const SqsRecord& record) { return CallOutcome{record.index() == 0}; }}};
  const auto event = decode<SqsRecord>(two_records);
  const auto batch = processor.process(event, [](const SqsRecord&) {});
  EXPECT_EQ(batch.messages()[0].status, Status::success);
  EXPECT_EQ(batch.messages()[1].cause, "throttled");
}

TEST(SuccessHook, MayBeAFunctionThatIsNotThere) {
  using Hook = CallOutcome (*)(const SqsRecord&);
  EXPECT_FALSE(OnSuccess<SqsRecord>(Hook(nullptr)));
  EXPECT_FALSE(OnSuccess<SqsRecord>(nullptr));
  EXPECT_FALSE(OnSuccess<SqsRecord>(std::function<void(const SqsRecord&)>()));
  EXPECT_FALSE(OnSuccess<SqsRecord>(std::function<CallOutcome(const SqsRecord&)>()));
}

TEST(SuccessHook, TakesTheResultOfTheRecordThatItFails) {
  const BatchProcessor<SqsRecord> processor{{.on_success = [](const SqsRecord&) { throw 42; }}};
  const auto event = decode<SqsRecord>(two_records);
  const auto batch = processor.process(event, [](const SqsRecord&) { return 7; });
  EXPECT_EQ(batch.messages()[0].status, Status::failure);
  EXPECT_EQ(batch.messages()[0].result, std::nullopt);
}

TEST(SuccessHook, StopsAFifoQueueWhenItThrows) {
  const SqsFifoPartialProcessor processor{{.on_success = [](const SqsRecord& record) {
    if (record.index() == 1) throw std::runtime_error("could not log");
  }}};
  const auto event = decode<SqsRecord>(event_of({fifo_record("1"), fifo_record("2"), fifo_record("3")}));
  const auto batch = processor.process(event, [](const SqsRecord&) {});
  EXPECT_THAT(batch.response().item_identifiers(), ElementsAre("2", "3"));
}

TEST(SuccessHook, DoesNotHearOfAnOutcomeThatHoldsAnError) {
  struct Refused {
    bool has_value() const { return false; }
    std::string error() const { return "refused"; }
  };
  int heard = 0;
  const BatchProcessor<SqsRecord> processor{
      {.raise_on_entire_batch_failure = false, .on_success = [&](const SqsRecord&) { ++heard; }}};
  static_cast<void>(process_partial_response(
      two_records, [](const SqsRecord&) { return Refused{}; }, processor));
  EXPECT_EQ(heard, 0);
}

TEST(FailureHook, ChangesNothingWhenItThrows) {
  const BatchProcessor<SqsRecord> processor{
      {.on_failure = [](const SqsRecord&, const Failure&) { throw 42; }}};
  const auto event = decode<SqsRecord>(two_records);
  const auto batch = processor.process(event, reject_first);
  EXPECT_EQ(batch.to_json(), R"({"batchItemFailures":[{"itemIdentifier":"1"}]})");
  EXPECT_EQ(batch.messages()[0].cause, "rejected");
}

TEST(FailureHook, HearsOfRecordsThatWereNeverHandled) {
  std::vector<std::string> heard;
  const SqsFifoPartialProcessor processor{{.on_failure = [&](const SqsRecord& record, const Failure&) {
    heard.emplace_back(record.message_id());
  }}};
  const auto event = decode<SqsRecord>(event_of({fifo_record("1"), fifo_record("2")}));
  static_cast<void>(processor.process(event, reject_first));
  EXPECT_THAT(heard, ElementsAre("1", "2"));
}

TEST(FailureHook, MayRethrowWhatTheHandlerThrew) {
  std::string heard;
  const BatchProcessor<SqsRecord> processor{{.on_failure = [&](const SqsRecord&, const Failure& failure) {
    try {
      std::rethrow_exception(failure.exception);
    } catch (const std::runtime_error& error) {
      heard = error.what();
    }
  }}};
  static_cast<void>(process_partial_response(two_records, reject_first, processor));
  EXPECT_EQ(heard, "rejected");
}

}  // namespace
}  // namespace batchproof
