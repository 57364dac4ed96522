// Handlers whose operations complete on other threads, as those of a thread pool or of an SDK with callbacks
// do. Hooks and own processors below write to plain variables: the sanitizers see it when they overlap.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <batchproof/async.hpp>
#include <batchproof/batch.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_future.hpp>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "../batch/events.hpp"

namespace batchproof {
namespace {

namespace asio = boost::asio;
using asio::awaitable;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::ThrowsMessage;
using namespace std::chrono_literals;

constexpr std::size_t pool_size = 8;
constexpr int rounds = 20;

/// The coroutine goes on in the pool.
awaitable<void> go_to(asio::thread_pool& pool) {
  co_await asio::post(asio::bind_executor(pool, asio::use_awaitable));
}

/// The coroutine goes on where it began.
awaitable<void> go_home() { co_await asio::post(co_await asio::this_coro::executor, asio::use_awaitable); }

/// Completes as an SDK does that calls back on a thread of its own, without a look at executors.
awaitable<void> called_back_on(asio::thread_pool& pool) {
  co_await asio::async_initiate<const asio::use_awaitable_t<>, void()>(
      [&pool](auto handler) {
        asio::post(pool, [called = std::make_shared<decltype(handler)>(std::move(handler))] {
          std::move (*called)();
        });
      },
      asio::use_awaitable);
}

/// Never completes: what would resume the coroutine is dropped.
awaitable<void> dropped() {
  co_await asio::async_initiate<const asio::use_awaitable_t<>, void()>(
      [](auto handler) { auto gone = std::move(handler); }, asio::use_awaitable);
}

std::vector<std::string> ids(std::size_t count) {
  std::vector<std::string> ids;
  for (std::size_t number = 0; number < count; ++number) ids.push_back(std::to_string(number));
  return ids;
}

std::string fifo_batch(std::size_t records, std::size_t groups) {
  std::vector<std::string> all;
  for (std::size_t index = 0; index < records; ++index)
    all.push_back(fifo_record(std::to_string(index), "g" + std::to_string(index % groups)));
  return event_of(all);
}

void judge(const SqsRecord& record) {
  if (record.index() % 7 == 3) throw std::runtime_error("rejected");
}

/// A handler with the same verdict as `judge`, which goes to the pool in this manner.
enum class Hop { at_start, in_the_middle, at_the_end, after_an_early_throw, by_callback };

auto hopping(asio::thread_pool& pool, Hop hop) {
  return [&pool, hop](const SqsRecord& record) -> awaitable<void> {
    if (hop == Hop::after_an_early_throw) judge(record);
    if (hop == Hop::in_the_middle) co_await go_home();
    if (hop == Hop::by_callback) {
      co_await called_back_on(pool);
    } else {
      co_await go_to(pool);
    }
    if (hop == Hop::at_start || hop == Hop::in_the_middle) co_await go_home();
    judge(record);
  };
}

/// On executors of the user's own, which are strands, nothing goes home by itself: Boost.Asio counts the
/// references to large executors by fences, which the thread sanitizer does not know.
constexpr Hop hops_that_end_there[] = {Hop::at_the_end, Hop::after_an_early_throw, Hop::by_callback};

class HandlersOnOtherThreads : public ::testing::TestWithParam<Hop> {
 protected:
  asio::thread_pool pool{pool_size};
};

TEST_P(HandlersOnOtherThreads, AnswersAsOneRecordAfterTheOtherDoes) {
  const std::string payload = fifo_batch(120, 30);
  const std::string expected =
      process_partial_response(payload, judge, SqsFifoPartialProcessor({.skip_group_on_error = true}));
  const AsyncSqsFifoPartialProcessor processor({.skip_group_on_error = true, .max_concurrency = 64});
  for (int round = 0; round < rounds; ++round)
    ASSERT_EQ(async_process_partial_response(payload, hopping(pool, GetParam()), processor), expected);
}

TEST_P(HandlersOnOtherThreads, HooksRunOneAtATime) {
  int hooks = 0;
  const AsyncBatchProcessor<SqsRecord> processor(
      {.on_success = [&](const SqsRecord&) { ++hooks; },
       .on_failure = [&](const SqsRecord&, const Failure&) { ++hooks; },
       .max_concurrency = 32});
  const std::string payload = batch_of<SqsRecord>(ids(100));
  for (int round = 0; round < rounds; ++round)
    static_cast<void>(async_process_partial_response(payload, hopping(pool, GetParam()), processor));
  EXPECT_EQ(hooks, rounds * 100);
}

/// Everything of it goes to the pool, and nothing of it has a lock.
class HoppingLedger : public AsyncBasePartialProcessor<SqsRecord, std::string> {
 public:
  explicit HoppingLedger(asio::thread_pool& pool)
      : AsyncBasePartialProcessor({.max_concurrency = 16}), pool_(pool) {}
  std::vector<std::string> entries;

 private:
  awaitable<void> prepare() override {
    co_await go_to(pool_);
    entries.clear();
  }
  awaitable<std::string> process_record(const SqsRecord& record) override {
    std::string result = "failed";
    try {
      result = co_await handle(record);
    } catch (const std::runtime_error&) {
    }
    entries.push_back(result + context().request_id);
    co_await go_to(pool_);
    co_return result;
  }
  awaitable<void> clean() override {
    co_await go_to(pool_);
    entries.push_back("cleaned");
  }
  asio::thread_pool& pool_;
};

TEST_P(HandlersOnOtherThreads, AnOwnProcessorHasItsTurnAfterEach) {
  HoppingLedger ledger(pool);
  const auto handler = [&](const SqsRecord& record, const LambdaContext&) -> awaitable<std::string> {
    co_await hopping(pool, GetParam())(record);
    co_return "done";
  };
  const std::string payload = batch_of<SqsRecord>(ids(70));
  for (int round = 0; round < rounds; ++round) {
    static_cast<void>(async_process_partial_response(payload, handler, ledger));
    ASSERT_EQ(std::count(ledger.entries.begin(), ledger.entries.end(), "done"), 60);
    ASSERT_EQ(std::count(ledger.entries.begin(), ledger.entries.end(), "failed"), 10);
    ASSERT_EQ(ledger.entries.back(), "cleaned");
  }
}

INSTANTIATE_TEST_SUITE_P(Concurrency, HandlersOnOtherThreads,
                         ::testing::Values(Hop::at_start, Hop::in_the_middle, Hop::at_the_end,
                                           Hop::after_an_early_throw, Hop::by_callback));

class OwnExecutors : public HandlersOnOtherThreads {};

TEST_P(OwnExecutors, HaveSeveralThreads) {
  asio::thread_pool own(4);
  int hooks = 0;
  const AsyncBatchProcessor<SqsRecord> processor({.on_success = [&](const SqsRecord&) { ++hooks; }});
  const auto event = decode<SqsRecord>(batch_of<SqsRecord>(ids(70)));
  const auto process = [&]() -> awaitable<std::size_t> {
    const auto batch = co_await processor.process(event, hopping(pool, GetParam()));
    co_return batch.response().item_identifiers().size();
  };
  for (int round = 0; round < rounds; ++round)
    EXPECT_EQ(asio::co_spawn(own, process(), asio::use_future).get(), 10U);
  EXPECT_EQ(hooks, rounds * 60);
}

TEST_P(OwnExecutors, MayGoAsSoonAsTheBatchIsDone) {
  const AsyncBatchProcessor<SqsRecord> processor;
  const auto event = decode<SqsRecord>(batch_of<SqsRecord>({"0", "1"}));
  for (int round = 0; round < 10 * rounds; ++round) {
    std::string response;
    {
      asio::io_context context;
      const auto process = [&]() -> awaitable<void> {
        const auto batch = co_await processor.process(event, hopping(pool, GetParam()));
        response = batch.to_json();
      };
      asio::co_spawn(context, process(), asio::detached);
      context.run();
    }
    ASSERT_EQ(response, R"({"batchItemFailures":[]})");
  }
}

TEST_P(OwnExecutors, DoNotCancelABatchWhoseHandlersRun) {
  asio::thread_pool actions(1);
  const AsyncBatchProcessor<SqsRecord> without_actions;
  const AsyncBatchProcessor<SqsRecord> with_actions({}, actions.get_executor());
  const auto event = decode<SqsRecord>(batch_of<SqsRecord>(ids(20)));
  for (const auto* const processor : {&without_actions, &with_actions}) {
    asio::io_context context;
    asio::cancellation_signal cancellation;
    std::string response;
    const auto process = [&]() -> awaitable<void> {
      const auto batch = co_await processor->process(event, [&](const SqsRecord& record) -> awaitable<void> {
        asio::post(context, [&] { cancellation.emit(asio::cancellation_type::all); });
        co_await hopping(pool, GetParam())(record);
      });
      response = batch.to_json();
      const auto state = co_await asio::this_coro::cancellation_state;
      EXPECT_NE(state.cancelled(), asio::cancellation_type::none);  // what follows the batch is cancelled
    };
    asio::co_spawn(context, process(), asio::bind_cancellation_slot(cancellation.slot(), asio::detached));
    context.run();
    EXPECT_EQ(response, R"({"batchItemFailures":[{"itemIdentifier":"3"},{"itemIdentifier":"10"},)"
                        R"({"itemIdentifier":"17"}]})");
  }
}

// Boost.Asio sends a cancellation to the executor of a batch, where the end of the batch may overtake it.
TEST(OwnExecutor, MayBeCancelledAtAnyStepOfABatch) {
  constexpr int more_steps_than_an_empty_batch = 20;
  const AsyncBatchProcessor<SqsRecord> processor;
  const auto event = decode<SqsRecord>(R"({"Records":[]})");
  for (int steps = 0; steps < more_steps_than_an_empty_batch; ++steps) {
    asio::io_context context;
    asio::cancellation_signal cancellation;
    bool has_ended = false;
    const auto handle = [](const SqsRecord&) -> awaitable<void> { co_return; };
    const auto process = [&]() -> awaitable<void> {
      static_cast<void>(co_await processor.process(event, handle));
      has_ended = true;
    };
    const auto cancel = [&]() -> awaitable<void> {
      for (int step = 0; step < steps; ++step) co_await asio::post(context, asio::use_awaitable);
      cancellation.emit(asio::cancellation_type::all);
    };
    asio::co_spawn(context, process(), asio::bind_cancellation_slot(cancellation.slot(), asio::detached));
    asio::co_spawn(context, cancel(), asio::detached);
    context.run();
    EXPECT_TRUE(has_ended) << steps;
  }
}

TEST_P(OwnExecutors, LetAnOwnProcessorCleanWhenItsCallerIsCancelled) {
  class Cleaning : public AsyncBasePartialProcessor<SqsRecord> {
   public:
    bool is_clean = false;

   private:
    awaitable<void> clean() override {
      co_await go_home();
      is_clean = true;
    }
  };
  Cleaning processor;
  const auto event = decode<SqsRecord>(batch_of<SqsRecord>(ids(5)));
  asio::io_context context;
  asio::cancellation_signal cancellation;
  std::string response;
  bool throws_if_cancelled = false;
  const auto process = [&]() -> awaitable<void> {
    const auto batch = co_await processor.process(event, [&](const SqsRecord& record) -> awaitable<void> {
      asio::post(context, [&] { cancellation.emit(asio::cancellation_type::all); });
      co_await hopping(pool, GetParam())(record);
    });
    response = batch.to_json();
    throws_if_cancelled = co_await asio::this_coro::throw_if_cancelled();
  };
  asio::co_spawn(context, process(), asio::bind_cancellation_slot(cancellation.slot(), asio::detached));
  context.run();
  EXPECT_EQ(response, R"({"batchItemFailures":[{"itemIdentifier":"3"}]})");
  EXPECT_TRUE(processor.is_clean);
  EXPECT_TRUE(throws_if_cancelled);  // as before
}

INSTANTIATE_TEST_SUITE_P(Concurrency, OwnExecutors, ::testing::ValuesIn(hops_that_end_there));

TEST(ConcurrencyOfOneCoroutine, WhatPrepareThrowsOnAnotherThreadFailsTheInvocation) {
  class Failing : public AsyncBasePartialProcessor<SqsRecord> {
   public:
    explicit Failing(asio::thread_pool& pool) : pool_(pool) {}

   private:
    awaitable<void> prepare() override {
      co_await go_to(pool_);
      throw std::runtime_error("no table");
    }
    asio::thread_pool& pool_;
  };
  asio::thread_pool pool(pool_size);
  Failing failing(pool);
  const auto handler = [](const SqsRecord&) -> awaitable<void> { co_return; };
  for (int round = 0; round < rounds; ++round) {
    EXPECT_THAT([&] { static_cast<void>(async_process_partial_response(two_records, handler, failing)); },
                ThrowsMessage<std::runtime_error>("no table"));
  }
}

asio::io_context& context_of(const asio::any_io_executor& executor) {
  return static_cast<asio::io_context&>(executor.context());
}

TEST(ConcurrencyOfOneCoroutine, AHandlerThatStopsItsContextFailsTheInvocationWhenAllHaveEnded) {
  asio::thread_pool pool(pool_size);
  std::size_t ended = 0;
  const AsyncBatchProcessor<SqsRecord> processor({.on_success = [&](const SqsRecord&) { ++ended; }});
  const auto handler = [&](const SqsRecord& record) -> awaitable<void> {
    if (record.index() % 2 == 0) context_of(co_await asio::this_coro::executor).stop();
    co_await go_to(pool);
  };
  EXPECT_THAT(
      [&] {
        static_cast<void>(async_process_partial_response(batch_of<SqsRecord>(ids(40)), handler, processor));
      },
      ThrowsMessage<std::logic_error>(HasSubstr("must not stop the context")));
  EXPECT_EQ(ended, 40U);
}

TEST(ConcurrencyOfOneCoroutine, AHandlerThatStopsItsContextAgainAndAgainFailsTheInvocationWhenAllHaveEnded) {
  asio::thread_pool pool(pool_size);
  std::atomic<std::size_t> ended = 0;
  const AsyncBatchProcessor<SqsRecord> processor;
  const auto handler = [&](const SqsRecord&) -> awaitable<void> {
    asio::io_context& context = context_of(co_await asio::this_coro::executor);
    co_await go_to(pool);
    for (int stops = 0; stops < 1'000; ++stops) context.stop();
    ++ended;
  };
  EXPECT_THAT(
      [&] {
        static_cast<void>(async_process_partial_response(batch_of<SqsRecord>(ids(8)), handler, processor));
      },
      ThrowsMessage<std::logic_error>(HasSubstr("must not stop the context")));
  EXPECT_EQ(ended, 8U);
}

TEST(ConcurrencyOfOneCoroutine, WhatAHandlersOwnWorkThrowsFailsTheInvocationWhenAllHaveEnded) {
  asio::thread_pool pool(pool_size);
  std::size_t ended = 0;
  const AsyncBatchProcessor<SqsRecord> processor({.on_success = [&](const SqsRecord&) { ++ended; }});
  const auto handler = [&](const SqsRecord& record) -> awaitable<void> {
    if (record.index() == 3)
      asio::post(co_await asio::this_coro::executor, [] { throw std::runtime_error("nobody awaits this"); });
    co_await go_to(pool);
  };
  EXPECT_THAT(
      [&] {
        static_cast<void>(async_process_partial_response(batch_of<SqsRecord>(ids(40)), handler, processor));
      },
      ThrowsMessage<std::runtime_error>("nobody awaits this"));
  EXPECT_EQ(ended, 40U);
}

TEST(ConcurrencyOfOneCoroutine, ARecordIsReportedWhoseCoroutineIsDestroyedBeforeItsEnd) {
  for (const std::size_t limit : {1U, 2U, 16U}) {
    asio::thread_pool pool(pool_size);
    const AsyncBatchProcessor<SqsRecord> processor({.max_concurrency = limit});
    const auto event = decode<SqsRecord>(batch_of<SqsRecord>(ids(5)));
    const auto handler = [&](const SqsRecord& record) -> awaitable<void> {
      if (record.index() == 3) co_await go_to(pool);
      if (record.index() % 2 == 1) co_await dropped();
    };
    detail::run_to_end([&]() -> awaitable<void> {
      const auto batch = co_await processor.process(event, handler);
      EXPECT_THAT(batch.response().item_identifiers(), ElementsAre("1", "3"));
      EXPECT_THAT(batch.messages()[1].cause, HasSubstr("destroyed before it ended"));
    }());
  }
}

TEST(ConcurrencyOfOneCoroutine, APrepareThatIsDestroyedFailsTheInvocation) {
  class Forgetful : public AsyncBasePartialProcessor<SqsRecord> {
    awaitable<void> prepare() override { return dropped(); }
  };
  Forgetful forgetful;
  const auto handler = [](const SqsRecord&) -> awaitable<void> { co_return; };
  EXPECT_THROW((void)async_process_partial_response(two_records, handler, forgetful), std::logic_error);
}

TEST(ConcurrencyOfOneCoroutine, HandlersMayBeSuspendedWhenTheirContextGoes) {
  const AsyncSqsFifoPartialProcessor processor({.skip_group_on_error = true, .max_concurrency = 8});
  const auto event = decode<SqsRecord>(fifo_batch(20, 5));
  int begun = 0;
  const auto handler = [&](const SqsRecord&) -> awaitable<void> {
    ++begun;
    asio::steady_timer timer(co_await asio::this_coro::executor, 1h);
    co_await timer.async_wait(asio::use_awaitable);
  };
  {
    asio::io_context context;
    const auto process = [&]() -> awaitable<void> { (void)co_await processor.process(event, handler); };
    asio::co_spawn(context, process(), asio::detached);
    context.poll();
  }
  EXPECT_EQ(begun, 5);
}

}  // namespace
}  // namespace batchproof
