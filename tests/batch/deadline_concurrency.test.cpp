// The function's deadline. Run under the thread sanitizer as well.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <batchproof/batch.hpp>
#include <functional>
#include <future>
#include <latch>
#include <optional>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <vector>

#include "events.hpp"

namespace batchproof {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using namespace std::chrono_literals;

const std::chrono::system_clock::time_point noon{12h};

/// A clock that stands still until somebody works.
class WorkClock {
 public:
  void work(std::chrono::milliseconds time) { passed_ += time.count(); }
  Clock clock() const {
    return [this] { return noon + std::chrono::milliseconds(passed_); };
  }

 private:
  std::atomic<std::chrono::milliseconds::rep> passed_ = 0;
};

/// The errors of the messages, as one letter each: o none, x the handler's, d the deadline, c the circuit
/// breaker.
template <class Batch>
std::string causes(const Batch& batch) {
  std::string causes;
  for (const auto& message : batch.messages()) {
    try {
      if (message.exception) std::rethrow_exception(message.exception);
      causes += 'o';
    } catch (const DeadlineReachedError&) {
      causes += 'd';
    } catch (const CircuitBreakerError&) {
      causes += 'c';
    } catch (const std::exception&) {
      causes += 'x';
    }
  }
  return causes;
}

const LambdaContext one_second{.deadline = noon + 1s};

TEST(ConcurrencyAndDeadline, NoRecordIsStartedWhenLessThanTheReserveIsLeft) {
  WorkClock time;
  const BatchProcessor<SqsRecord> processor({.reserve = 300ms, .clock = time.clock()});
  const auto event = decode<SqsRecord>(batch_of<SqsRecord>({"1", "2", "3", "4", "5"}));
  const auto batch = processor.process(
      event, [&](const SqsRecord&) { time.work(250ms); }, one_second);
  EXPECT_EQ(causes(batch), "ooodd");
  EXPECT_THAT(batch.response().item_identifiers(), ElementsAre("4", "5"));
  EXPECT_EQ(batch.messages()[3].cause,
            "not handled: 250 ms were left until the deadline, but the reserve is 300 ms");
}

TEST(ConcurrencyAndDeadline, TheCauseSaysWhenTheReserveLeavesNoTimeAtAll) {
  WorkClock time;
  const BatchProcessor<SqsRecord> processor(
      {.raise_on_entire_batch_failure = false, .reserve = 2s, .clock = time.clock()});
  const auto event = decode<SqsRecord>(two_records);
  const auto batch = processor.process(
      event, [](const SqsRecord&) {}, one_second);
  EXPECT_EQ(causes(batch), "dd");
  EXPECT_EQ(
      batch.messages()[0].cause,
      "not handled: 1000 ms were left until the deadline, but the reserve is 2000 ms; not even the first "
      "record could start: give the function a longer timeout, or the processor a shorter reserve");
}

TEST(ConcurrencyAndDeadline, ARecordIsStartedWhenJustTheReserveIsLeft) {
  WorkClock time;
  const BatchProcessor<SqsRecord> processor({.reserve = 1s, .clock = time.clock()});
  const auto event = decode<SqsRecord>(two_records);
  EXPECT_EQ(causes(processor.process(
                event, [&](const SqsRecord&) { time.work(1ms); }, one_second)),
            "od");
}

TEST(ConcurrencyAndDeadline, WithoutADeadlineThereIsNoLimit) {
  const BatchProcessor<SqsRecord> processor({.reserve = std::chrono::hours(1'000'000)});
  const auto event = decode<SqsRecord>(two_records);
  EXPECT_EQ(causes(processor.process(event, [](const SqsRecord&) {})), "oo");
}

TEST(ConcurrencyAndDeadline, WithoutAReserveARecordIsStartedInTheLastMillisecond) {
  WorkClock time;
  time.work(998ms);
  const BatchProcessor<SqsRecord> processor({.reserve = 0ms, .clock = time.clock()});
  const auto event = decode<SqsRecord>(batch_of<SqsRecord>({"1", "2", "3"}));
  EXPECT_EQ(causes(processor.process(
                event, [&](const SqsRecord&) { time.work(1ms); }, one_second)),
            "ood");
}

TEST(ConcurrencyAndDeadline, ThatHasPassedStartsNothingEvenWithoutAReserve) {
  WorkClock time;
  time.work(1s);
  const BatchProcessor<SqsRecord> processor(
      {.raise_on_entire_batch_failure = false, .reserve = 0ms, .clock = time.clock()});
  const auto event = decode<SqsRecord>(two_records);
  EXPECT_EQ(causes(processor.process(
                event, [](const SqsRecord&) {}, one_second)),
            "dd");
}

TEST(ConcurrencyAndDeadline, MayBeAnyPointInTimeAndAnyReserve) {
  using TimePoint = std::chrono::system_clock::time_point;
  const auto event = decode<SqsRecord>(two_records);
  const auto causes_at = [&](TimePoint now, TimePoint deadline, std::chrono::milliseconds reserve) {
    const BatchProcessor<SqsRecord> processor(
        {.raise_on_entire_batch_failure = false, .reserve = reserve, .clock = [=] { return now; }});
    const auto handler = [](const SqsRecord&, const LambdaContext& context) {
      if (context.stop_token().stop_requested()) throw std::runtime_error("stopped");
    };
    return causes(processor.process(event, handler, LambdaContext{.deadline = deadline}));
  };
  constexpr TimePoint first = TimePoint::min();
  constexpr TimePoint last = TimePoint::max();
  EXPECT_EQ(causes_at(noon, first, 500ms), "dd");
  EXPECT_EQ(causes_at(noon, last, 500ms), "oo");
  EXPECT_EQ(causes_at(last, first, 500ms), "dd");
  EXPECT_EQ(causes_at(first, last, 500ms), "oo");
  EXPECT_EQ(causes_at(first, first, 0ms), "dd");
  EXPECT_EQ(causes_at(first, TimePoint{}, 500ms), "oo");
  EXPECT_EQ(causes_at(noon, last, std::chrono::milliseconds::max()), "dd");
  EXPECT_EQ(causes_at(noon, first, std::chrono::milliseconds::max()), "dd");
}

TEST(ConcurrencyAndDeadline, OnceReachedStaysReachedWhenTheClockIsSetBack) {
  WorkClock time;
  const BatchProcessor<SqsRecord> processor(
      {.on_failure = [&](const SqsRecord&, const Failure&) { time.work(-10s); },
       .reserve = 300ms,
       .clock = time.clock()});
  const auto event = decode<SqsRecord>(batch_of<SqsRecord>({"1", "2", "3"}));
  EXPECT_EQ(causes(processor.process(
                event, [&](const SqsRecord&) { time.work(900ms); }, one_second)),
            "odd");
}

TEST(ConcurrencyAndDeadline, OrderComesFirstOnAFifoQueue) {
  WorkClock time;
  const SqsFifoPartialProcessor processor(
      {.skip_group_on_error = true, .reserve = 300ms, .clock = time.clock()});
  const auto event =
      decode<SqsRecord>(event_of({fifo_record("0", "a"), fifo_record("1", "b"), fifo_record("2", "a"),
                                  fifo_record("3", "b"), fifo_record("4", "c")}));
  const auto batch = processor.process(
      event,
      [&](const SqsRecord& record) {
        time.work(400ms);
        if (record.message_id() == "0") throw std::runtime_error("rejected");
      },
      one_second);
  EXPECT_EQ(causes(batch), "xocdd");
}

TEST(ConcurrencyAndDeadline, AStreamStartsAgainAtTheFirstRecordThatWasNotStarted) {
  WorkClock time;
  const BatchProcessor<KinesisStreamRecord> processor({.reserve = 300ms, .clock = time.clock()});
  const auto event = decode<KinesisStreamRecord>(batch_of<KinesisStreamRecord>({"7", "8", "9"}));
  const auto batch = processor.process(
      event, [&](const KinesisStreamRecord&) { time.work(800ms); }, one_second);
  EXPECT_EQ(batch.checkpoint(), "8");
}

TEST(ConcurrencyAndDeadline, HoldsForSeveralThreads) {
  WorkClock time;
  const BatchProcessor<SqsRecord> processor({.max_concurrency = 2, .reserve = 300ms, .clock = time.clock()});
  const auto event = decode<SqsRecord>(batch_of<SqsRecord>({"1", "2", "3", "4"}));
  std::latch both_here(2);
  const auto batch = processor.process(
      event,
      [&](const SqsRecord&) {
        both_here.arrive_and_wait();
        time.work(800ms);
      },
      one_second);
  EXPECT_EQ(causes(batch), "oodd");
}

TEST(ConcurrencyOfStopTokens, ARunningHandlerIsToldWhenTheReserveIsReached) {
  WorkClock time;
  const BatchProcessor<SqsRecord> processor({.max_concurrency = 2, .reserve = 300ms, .clock = time.clock()});
  const auto event = decode<SqsRecord>(batch_of<SqsRecord>({"waits", "works", "late"}));
  std::latch both_here(2);
  const auto batch = processor.process(
      event,
      [&](const SqsRecord& record, const LambdaContext& context) {
        both_here.arrive_and_wait();
        if (record.message_id() == "works") return time.work(900ms);
        std::latch told(1);
        const std::stop_callback on_stop(context.stop_token(), [&] { told.count_down(); });
        told.wait();
      },
      one_second);
  EXPECT_EQ(causes(batch), "ood");
}

TEST(ConcurrencyOfStopTokens, AHandlerThatRunsAloneIsToldByTheClock) {
  WorkClock time;
  const BatchProcessor<SqsRecord> processor({.reserve = 300ms, .clock = time.clock()});
  const auto event = decode<SqsRecord>(batch_of<SqsRecord>({"1"}));
  const auto batch = processor.process(
      event,
      [&](const SqsRecord&, const LambdaContext& context) {
        time.work(900ms);
        std::latch told(1);
        const std::stop_callback on_stop(context.stop_token(), [&] { told.count_down(); });
        told.wait();  // forever, where nobody looks at the clock
      },
      one_second);
  EXPECT_EQ(causes(batch), "o");
}

TEST(ConcurrencyOfStopTokens, AHandlerThatAsksTooLateIsToldAtOnce) {
  WorkClock time;
  const BatchProcessor<SqsRecord> processor({.reserve = 300ms, .clock = time.clock()});
  const auto event = decode<SqsRecord>(batch_of<SqsRecord>({"1"}));
  bool told = false;
  static_cast<void>(processor.process(
      event,
      [&](const SqsRecord&, const LambdaContext& context) {
        time.work(900ms);
        told = context.stop_token().stop_requested();
      },
      one_second));
  EXPECT_TRUE(told);
}

TEST(ConcurrencyOfStopTokens, TheLastContextMayGoInACallbackOfTheStop) {
  std::atomic<bool> late = false;
  const BatchProcessor<SqsRecord> processor(
      {.reserve = 100ms, .clock = [&] { return late ? noon + 1s : noon; }});
  LambdaContext kept;
  std::promise<void> gone;
  std::optional<std::stop_callback<std::function<void()>>> on_stop;
  const auto keep = [&](const SqsRecord&, const LambdaContext& context) {
    kept = context;
    on_stop.emplace(context.stop_token(), [&] {
      kept = {};
      gone.set_value();
    });
  };
  EXPECT_EQ(process_partial_response(batch_of<SqsRecord>({"1"}), keep, processor, one_second),
            R"({"batchItemFailures":[]})");
  late = true;
  gone.get_future().wait();
  on_stop.reset();
  EXPECT_EQ(kept.stop_watch, nullptr);
}

TEST(ConcurrencyOfStopTokens, OutsideAProcessorNobodyIsTold) {
  EXPECT_FALSE(LambdaContext{}.stop_token().stop_possible());
}

TEST(ConcurrencyOfStopTokens, AHandlerSeesTheRestOfTheContextBesideThem) {
  const auto event = decode<SqsRecord>(batch_of<SqsRecord>({"1"}));
  std::string seen;
  static_cast<void>(
      BatchProcessor<SqsRecord>({.clock = [] { return noon; }})
          .process(
              event, [&](const SqsRecord&, const LambdaContext& context) { seen = context.request_id; },
              LambdaContext{.request_id = "r-1", .deadline = noon + 1s}));
  EXPECT_EQ(seen, "r-1");
}

TEST(ConcurrencyOfStopTokens, AreInTheContextOfAnOwnProcessorWhateverItsHandlerTakes) {
  struct Watching : BasePartialProcessor<SqsRecord> {
    Watching() : BasePartialProcessor(Options{.clock = [] { return noon; }}) {}
    void process_record(const SqsRecord& record) override {
      possible = context().stop_token().stop_possible();
      handle(record);
    }
    bool possible = false;
  } processor;
  const auto event = decode<SqsRecord>(batch_of<SqsRecord>({"1"}));
  static_cast<void>(processor.process(
      event, [](const SqsRecord&) {}, LambdaContext{.deadline = noon + 1s}));
  EXPECT_TRUE(processor.possible);
}

TEST(ConcurrencyOfStopTokens, WithoutADeadlineNobodyIsTold) {
  const auto event = decode<SqsRecord>(batch_of<SqsRecord>({"1"}));
  bool possible = true;
  static_cast<void>(
      BatchProcessor<SqsRecord>().process(event, [&](const SqsRecord&, const LambdaContext& context) {
        possible = context.stop_token().stop_possible();
      }));
  EXPECT_FALSE(possible);
}

}  // namespace
}  // namespace batchproof
