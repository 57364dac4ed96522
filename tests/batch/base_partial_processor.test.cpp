#include <batchproof/base_partial_processor.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <batchproof/batch.hpp>
#include <functional>
#include <memory>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "events.hpp"

namespace batchproof {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// An own processor whose steps the test gives.
template <class Result = void>
class ScriptedProcessor : public BasePartialProcessor<SqsRecord, Result> {
 public:
  using Base = BasePartialProcessor<SqsRecord, Result>;
  using Base::accept_without_handling;
  explicit ScriptedProcessor(typename Base::Options options = {}) : Base(std::move(options)) {}

  using Base::context;
  using Base::handle;

  std::function<void()> on_prepare = [] {};
  std::function<Result(const SqsRecord&)> on_record = [this](const SqsRecord& record) {
    return this->handle(record);
  };
  std::function<void()> on_clean = [] {};
  std::vector<std::string> steps;

 protected:
  void prepare() override {
    steps.emplace_back("prepare");
    on_prepare();
  }
  Result process_record(const SqsRecord& record) override {
    steps.emplace_back(record.message_id());
    return on_record(record);
  }
  void clean() override {
    steps.emplace_back("clean");
    on_clean();
  }
};

void reject_all(const SqsRecord&) { throw std::runtime_error("rejected"); }

TEST(BasePartialProcessor, PreparesThenProcessesThenCleans) {
  ScriptedProcessor<> processor;
  EXPECT_EQ(process_partial_response(two_records, reject_first, processor),
            R"({"batchItemFailures":[{"itemIdentifier":"1"}]})");
  EXPECT_THAT(processor.steps, ElementsAre("prepare", "1", "2", "clean"));
}

TEST(BasePartialProcessor, NeedsNoOverrideAtAll) {
  class Plain : public BasePartialProcessor<SqsRecord> {};
  Plain processor;
  EXPECT_EQ(process_partial_response(two_records, reject_first, processor),
            R"({"batchItemFailures":[{"itemIdentifier":"1"}]})");
}

TEST(BasePartialProcessor, ServesOneBatchAfterAnother) {
  ScriptedProcessor<> processor;
  static_cast<void>(process_partial_response(two_records, reject_first, processor));
  EXPECT_EQ(process_partial_response(
                two_records, [](const SqsRecord&) {}, processor),
            R"({"batchItemFailures":[]})");
}

TEST(BasePartialProcessor, ReportsWhatAnOverrideForgotToHandle) {
  ScriptedProcessor<> processor;
  processor.on_record = [&](const SqsRecord& record) {
    if (record.index() == 1) processor.handle(record);
  };
  const auto event = decode<SqsRecord>(two_records);
  const auto batch = processor.process(event, [](const SqsRecord&) {});
  EXPECT_THAT(batch.response().item_identifiers(), ElementsAre("1"));
  EXPECT_THAT(batch.messages()[0].cause, HasSubstr("without calling the record handler"));
}

TEST(BasePartialProcessor, ReportsAFailureThatAnOverrideSwallowed) {
  ScriptedProcessor<> processor;
  processor.on_record = [&](const SqsRecord& record) {
    try {
      processor.handle(record);
    } catch (const std::runtime_error&) {  // the mistake that the test is about
    }
  };
  const auto event = decode<SqsRecord>(two_records);
  const auto batch = processor.process(event, reject_first);
  EXPECT_THAT(batch.response().item_identifiers(), ElementsAre("1"));
  EXPECT_THAT(batch.messages()[0].cause, HasSubstr("although the record handler had failed"));
}

TEST(BasePartialProcessor, FailsARecordWhoseOverrideThrewAfterItsHandler) {
  ScriptedProcessor<> processor;
  processor.on_record = [&](const SqsRecord& record) {
    processor.handle(record);
    if (record.index() == 1) throw std::runtime_error("could not store");
  };
  const auto event = decode<SqsRecord>(two_records);
  const auto batch = processor.process(event, [](const SqsRecord&) {});
  EXPECT_THAT(batch.response().item_identifiers(), ElementsAre("2"));
  EXPECT_EQ(batch.messages()[1].cause, "could not store");
}

TEST(BasePartialProcessor, MayHandleARecordAgainUntilItSucceeds) {
  ScriptedProcessor<> processor;
  processor.on_record = [&](const SqsRecord& record) {
    try {
      processor.handle(record);
    } catch (const std::runtime_error&) {
      processor.handle(record);
    }
  };
  int calls = 0;
  EXPECT_EQ(process_partial_response(
                two_records,
                [&](const SqsRecord&) {
                  if (++calls == 1) throw std::runtime_error("busy");
                },
                processor),
            R"({"batchItemFailures":[]})");
  EXPECT_EQ(calls, 3);
}

TEST(BasePartialProcessor, CountsTheLastOfSeveralCalls) {
  ScriptedProcessor<> processor;
  processor.on_record = [&](const SqsRecord& record) {
    processor.handle(record);
    try {
      processor.handle(record);
    } catch (const std::runtime_error&) {  // the failure must show all the same
    }
  };
  int calls = 0;
  const std::string response = process_partial_response(
      two_records,
      [&](const SqsRecord&) {
        if (++calls == 2) throw std::runtime_error("second time");
      },
      processor);
  EXPECT_EQ(response, R"({"batchItemFailures":[{"itemIdentifier":"1"}]})");
}

TEST(BasePartialProcessor, FailsARecordInWhosePlaceAnotherIsHandled) {
  class HandlesTheFirst : public BasePartialProcessor<SqsRecord> {
   public:
    explicit HandlesTheFirst(const SqsRecord& first) : first_(first) {}

   private:
    void process_record(const SqsRecord&) override { handle(first_); }
    SqsRecord first_;
  };
  const auto event = decode<SqsRecord>(two_records);
  HandlesTheFirst processor(event.records()[0]);
  const auto batch = processor.process(event, [](const SqsRecord&) {});
  EXPECT_EQ(batch.messages()[0].status, Status::success);
  EXPECT_THAT(batch.messages()[1].cause, HasSubstr("without calling the record handler"));
}

TEST(BasePartialProcessor, MayAcceptARecordWithoutHandlingIt) {
  ScriptedProcessor<> processor;
  const std::set<std::string, std::less<>> done_before{"2"};
  processor.on_record = [&](const SqsRecord& record) {
    if (done_before.contains(record.message_id())) return processor.accept_without_handling();
    processor.handle(record);
  };
  std::string handled;
  EXPECT_EQ(process_partial_response(
                two_records, [&](const SqsRecord& record) { handled += record.message_id(); }, processor),
            R"({"batchItemFailures":[]})");
  EXPECT_EQ(handled, "1");
}

TEST(BasePartialProcessor, DoesNotCarryAnAcceptanceOverToTheNextRecord) {
  ScriptedProcessor<> processor;
  processor.on_record = [&](const SqsRecord& record) {
    if (record.index() == 0) processor.accept_without_handling();
  };
  EXPECT_EQ(process_partial_response(
                two_records, [](const SqsRecord&) {}, processor),
            R"({"batchItemFailures":[{"itemIdentifier":"2"}]})");
}

TEST(BasePartialProcessor, CleansAlsoWhenEveryRecordFailed) {
  ScriptedProcessor<> processor;
  EXPECT_THROW((void)process_partial_response(two_records, reject_all, processor), BatchProcessingError);
  EXPECT_EQ(processor.steps.back(), "clean");
}

TEST(BasePartialProcessor, CleansAndLetsThroughWhatPrepareThrew) {
  ScriptedProcessor<> processor;
  processor.on_prepare = [] { throw std::out_of_range("no connection"); };
  EXPECT_THROW((void)process_partial_response(two_records, reject_first, processor), std::out_of_range);
  EXPECT_THAT(processor.steps, ElementsAre("prepare", "clean"));
}

TEST(BasePartialProcessor, LetsThroughWhatCleanThrew) {
  ScriptedProcessor<> processor;
  processor.on_clean = [] { throw std::out_of_range("disk full"); };
  EXPECT_THROW((void)process_partial_response(
                   two_records, [](const SqsRecord&) {}, processor),
               std::out_of_range);
}

TEST(BasePartialProcessor, TellsOfPrepareRatherThanCleanWhenBothThrow) {
  ScriptedProcessor<> processor;
  processor.on_prepare = [] { throw std::out_of_range("first"); };
  processor.on_clean = [] { throw std::invalid_argument("second"); };
  EXPECT_THROW((void)process_partial_response(two_records, reject_first, processor), std::out_of_range);
}

TEST(BasePartialProcessor, ServesAgainAfterPrepareThrew) {
  ScriptedProcessor<> processor;
  processor.on_prepare = [] { throw 42; };
  EXPECT_THROW((void)process_partial_response(two_records, reject_first, processor), int);
  processor.on_prepare = [] {};
  EXPECT_EQ(process_partial_response(
                two_records, [](const SqsRecord&) {}, processor),
            R"({"batchItemFailures":[]})");
}

TEST(BasePartialProcessor, PreparesAndCleansForAnEmptyBatch) {
  ScriptedProcessor<> processor;
  EXPECT_EQ(process_partial_response(R"({"Records":[]})", reject_all, processor),
            R"({"batchItemFailures":[]})");
  EXPECT_THAT(processor.steps, ElementsAre("prepare", "clean"));
}

TEST(BasePartialProcessor, DoesNothingWithAFifoQueuesEvent) {
  ScriptedProcessor<> processor;
  EXPECT_THROW((void)process_partial_response(event_of({fifo_record("1")}), reject_all, processor),
               EventError);
  EXPECT_THAT(processor.steps, IsEmpty());
}

TEST(BasePartialProcessor, KeepsWhatTheHandlerReturned) {
  ScriptedProcessor<std::string> processor;
  const auto event = decode<SqsRecord>(two_records);
  const auto batch = processor.process(event, [](const SqsRecord& record) {
    reject_first(record);
    return "done " + std::string(record.message_id());
  });
  EXPECT_EQ(batch.messages()[0].result, std::nullopt);
  EXPECT_EQ(batch.messages()[1].result, "done 2");
}

TEST(BasePartialProcessor, KeepsResultsThatOnlyMove) {
  ScriptedProcessor<Kept<std::unique_ptr<int>>> processor;
  const auto event = decode<SqsRecord>(two_records);
  const auto batch = processor.process(event, [](const SqsRecord& record) {
    return Kept{std::make_unique<int>(static_cast<int>(record.index()))};
  });
  ASSERT_TRUE(batch.messages()[1].result);
  EXPECT_EQ(**batch.messages()[1].result, 1);
}

/// An outcome that an own processor makes itself.
struct Booking {
  int number = 0;
  std::string refusal{};
  Booking(int booked) : number(booked) {}  // NOLINT(google-explicit-constructor): as std::expected has it
  bool has_value() const { return refusal.empty(); }
  int value() const { return number; }
  const std::string& error() const { return refusal; }
};

TEST(BasePartialProcessor, FailsTheRecordWhoseProcessRecordReturnsAnError) {
  ScriptedProcessor<Booking> processor;
  processor.on_record = [&](const SqsRecord& record) {
    Booking booking = processor.handle(record);
    if (record.message_id() == "1") booking.refusal = "booked out";
    return booking;
  };
  const auto event = decode<SqsRecord>(two_records);
  const auto batch = processor.process(event, [](const SqsRecord&) { return 7; });
  EXPECT_EQ(batch.to_json(), R"({"batchItemFailures":[{"itemIdentifier":"1"}]})");
  EXPECT_EQ(batch.messages()[0].cause, "booked out");
  EXPECT_EQ(batch.messages()[0].result, std::nullopt);
  EXPECT_EQ(batch.messages()[1].result, 7);
}

TEST(BasePartialProcessor, DropsTheResultOfAFailedRecord) {
  ScriptedProcessor<int> processor;
  processor.on_record = [](const SqsRecord&) { return 7; };  // without calling the handler
  const auto event = decode<SqsRecord>(two_records);
  const auto batch = processor.process(event, [](const SqsRecord&) { return 1; });
  EXPECT_EQ(batch.messages()[0].status, Status::failure);
  EXPECT_EQ(batch.messages()[0].result, std::nullopt);
}

TEST(BasePartialProcessor, KnowsTheInvocation) {
  ScriptedProcessor<> processor;
  std::string request_ids;
  processor.on_prepare = [&] { request_ids += processor.context().request_id + " "; };
  processor.on_clean = [&] { request_ids += processor.context().request_id; };
  static_cast<void>(
      process_partial_response(two_records, [](const SqsRecord&) {}, processor, {.request_id = "r-1"}));
  EXPECT_EQ(request_ids, "r-1 r-1");
}

TEST(BasePartialProcessor, TakesTheOptionsOfItsSource) {
  std::vector<std::string> failures;
  ScriptedProcessor<> processor(
      {.raise_on_entire_batch_failure = false,
       .allow_fifo = true,
       .on_failure = [&](const SqsRecord&, const Failure& failure) { failures.push_back(failure.cause); }});
  EXPECT_EQ(process_partial_response(event_of({fifo_record("1")}), reject_all, processor),
            R"({"batchItemFailures":[{"itemIdentifier":"1"}]})");
  EXPECT_THAT(failures, ElementsAre("rejected"));
}

TEST(BasePartialProcessor, RefusesToHandleOutsideAnInvocation) {
  ScriptedProcessor<> processor;
  const auto event = decode<SqsRecord>(two_records);
  EXPECT_THROW(processor.handle(event.records()[0]), std::bad_function_call);
}

TEST(BasePartialProcessor, StoresResultsInClean) {
  class StoringProcessor : public BasePartialProcessor<SqsRecord, std::string> {
   public:
    std::vector<std::string> stored;

   protected:
    void prepare() override { results_.clear(); }
    std::string process_record(const SqsRecord& record) override {
      results_.push_back(handle(record));
      return results_.back();
    }
    void clean() override { stored.insert(stored.end(), results_.begin(), results_.end()); }

   private:
    std::vector<std::string> results_;
  };
  StoringProcessor processor;
  static_cast<void>(process_partial_response(
      two_records,
      [](const SqsRecord& record) {
        reject_first(record);
        return std::string(record.body());
      },
      processor));
  EXPECT_THAT(processor.stored, ElementsAre("hello"));
}

}  // namespace
}  // namespace batchproof
