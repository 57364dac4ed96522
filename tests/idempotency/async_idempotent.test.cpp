#include <batchproof/idempotency/async_idempotent.hpp>

#include <gtest/gtest.h>

#include <batchproof/batch.hpp>
#include <batchproof/idempotency/memory_store.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/use_future.hpp>
#include <exception>
#include <functional>
#include <stdexcept>
#include <string>
#include <thread>

#include "receipts.hpp"

namespace batchproof {
namespace {

using boost::asio::awaitable;

const std::string three_messages =
    R"({"Records":[{"messageId":"m1","body":"teapot","eventSource":"aws:sqs"},)"
    R"({"messageId":"m2","body":"saucer","eventSource":"aws:sqs"},)"
    R"({"messageId":"m1","body":"teapot","eventSource":"aws:sqs"}]})";

struct AsyncIdempotentHandler : ::testing::Test {
  MemoryStore store;
  boost::asio::thread_pool pool{2};
  int effects = 0;
};

TEST_F(AsyncIdempotentHandler, HandlesAMessageOnce) {
  const auto handler = async_idempotent(
      [&](const SqsRecord&) -> awaitable<void> {
        ++effects;
        co_return;
      },
      store, pool.get_executor());
  const AsyncBatchProcessor<SqsRecord> processor{{.max_concurrency = 1}};
  for (int delivery = 0; delivery < 2; ++delivery)
    EXPECT_EQ(async_process_partial_response(three_messages, handler, processor),
              R"({"batchItemFailures":[]})");
  EXPECT_EQ(effects, 2);
}

TEST_F(AsyncIdempotentHandler, ReturnsTheResultAgainAndHandlesAgainWhatFailed) {
  const auto handler = async_idempotent(
      [&](const SqsRecord& record) -> awaitable<std::string> {
        if (++effects == 1) throw std::runtime_error("no stock");
        co_return std::string(record.body()) + std::to_string(effects);
      },
      store, pool.get_executor());
  const AsyncBatchProcessor<SqsRecord> processor{{.max_concurrency = 1}};
  EXPECT_EQ(async_process_partial_response(three_messages, handler, processor),
            R"({"batchItemFailures":[{"itemIdentifier":"m1"}]})");
  EXPECT_EQ(async_process_partial_response(three_messages, handler, processor),
            R"({"batchItemFailures":[]})");
  EXPECT_EQ(effects, 3);
}

TEST_F(AsyncIdempotentHandler, KeepsItsResultInAFormatOfItsOwn) {
  const auto handler = async_idempotent<ReceiptResults>(
      [&](const SqsRecord&) -> awaitable<Receipt> { co_return Receipt{++effects}; }, store,
      pool.get_executor());
  const AsyncBatchProcessor<SqsRecord> processor{{.max_concurrency = 1}};
  const auto event = decode<SqsRecord>(three_messages);
  const auto deliver_twice = [&]() -> awaitable<void> {
    for (int delivery = 0; delivery < 2; ++delivery) {
      const auto batch = co_await processor.process(event, handler);
      EXPECT_EQ(batch.messages()[2].result->number, 1);
    }
  };
  boost::asio::io_context io;
  boost::asio::co_spawn(io, deliver_twice(), [](const std::exception_ptr& thrown) { EXPECT_FALSE(thrown); });
  io.run();
  EXPECT_EQ(kept_in(store, "m1"), "receipt 1");
}

/// Deliveries of one message that are cancelled on their way, as by a time limit of the caller.
struct CancelledDelivery : ::testing::Test {
  /// A store that does something first, on the thread that calls it.
  struct WatchedStore : MemoryStore {
    std::optional<ExistingRecord> claim(const Claim& claim, std::chrono::milliseconds limit) override {
      if (before_claim) before_claim();
      return MemoryStore::claim(claim, limit);
    }
    bool complete(const Claim& claim, std::string_view result, std::chrono::milliseconds limit) override {
      if (before_complete) before_complete();
      return MemoryStore::complete(claim, result, limit);
    }
    void release(const Claim& claim, std::chrono::milliseconds limit) override {
      if (before_release) before_release();
      MemoryStore::release(claim, limit);
    }
    std::function<void()> before_claim;
    std::function<void()> before_complete;
    std::function<void()> before_release;
  };

  /// To be called on a thread of the store.
  void cancel_from_the_store() {
    boost::asio::post(io, boost::asio::use_future([this] { cancel(); })).get();
  }
  void cancel() { cancellation.emit(boost::asio::cancellation_type::all); }

  /// Delivers the message, and runs until that has ended.
  template <class Handler>
  void deliver(const Handler& handler) {
    thrown = nullptr;
    const auto call = [&]() -> awaitable<void> {
      const bool throws_if_cancelled = co_await boost::asio::this_coro::throw_if_cancelled();
      try {
        co_await handler(event.records()[0], context);
      } catch (...) {
        thrown = std::current_exception();
      }
      thread = std::this_thread::get_id();
      EXPECT_EQ(co_await boost::asio::this_coro::throw_if_cancelled(), throws_if_cancelled);
    };
    boost::asio::co_spawn(io, call(),
                          boost::asio::bind_cancellation_slot(
                              cancellation.slot(), [](const std::exception_ptr& own) { EXPECT_FALSE(own); }));
    io.run();
    io.restart();
    EXPECT_EQ(thread, std::this_thread::get_id());
  }

  auto effect() {
    return async_idempotent(
        [this](const SqsRecord&) -> awaitable<void> {
          ++effects;
          co_return;
        },
        store, pool.get_executor());
  }

  /// How often the effect has happened when the message has been delivered again.
  int effects_after_another_delivery() {
    store.before_claim = store.before_complete = store.before_release = nullptr;
    deliver(effect());
    EXPECT_FALSE(thrown);
    return effects;
  }

  const Event<SqsRecord> event = decode<SqsRecord>(three_messages);
  const LambdaContext context{};
  boost::asio::io_context io;
  boost::asio::cancellation_signal cancellation;
  std::exception_ptr thrown;
  std::thread::id thread;
  WatchedStore store;
  boost::asio::thread_pool pool{1};
  int effects = 0;
};

TEST_F(CancelledDelivery, KeepsTheResultOfAHandlerThatHadFinished) {
  deliver(async_idempotent(
      [this](const SqsRecord&) -> awaitable<void> {
        ++effects;
        cancel();
        co_return;
      },
      store, pool.get_executor()));
  EXPECT_EQ(effects_after_another_delivery(), 1);
}

TEST_F(CancelledDelivery, KeepsTheResultWhenItIsBeingKept) {
  store.before_complete = [this] { cancel_from_the_store(); };
  deliver(effect());
  EXPECT_FALSE(thrown);
  EXPECT_EQ(effects_after_another_delivery(), 1);
}

TEST_F(CancelledDelivery, ReleasesAClaimThatIsBeingMade) {
  store.before_claim = [this] { cancel_from_the_store(); };
  deliver(async_idempotent(
      [](const SqsRecord&) -> awaitable<void> {
        ADD_FAILURE() << "handled after it was cancelled";
        co_return;
      },
      store, pool.get_executor()));
  EXPECT_TRUE(thrown);
  EXPECT_EQ(effects_after_another_delivery(), 1);
}

TEST_F(CancelledDelivery, ReleasesTheClaimOfAHandlerThatWasCancelled) {
  for (const bool is_cancelled_again : {false, true}) {
    if (is_cancelled_again) store.before_release = [this] { cancel_from_the_store(); };
    deliver(async_idempotent(
        [this](const SqsRecord&) -> awaitable<void> {
          boost::asio::steady_timer never(io, boost::asio::steady_timer::time_point::max());
          boost::asio::post(io, [this] { cancel(); });
          co_await never.async_wait(boost::asio::use_awaitable);
        },
        store, pool.get_executor(), {.prefix = is_cancelled_again ? "again" : "once"}));
    EXPECT_TRUE(thrown);
    for (const char* const key : {"once#m1", "again#m1"}) {
      EXPECT_FALSE(store.claim(claim_of(key, "second"), ample_time)) << key;
      store.MemoryStore::release(claim_of(key, "second"), ample_time);
    }
  }
}

}  // namespace
}  // namespace batchproof
