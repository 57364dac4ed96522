#include <batchproof/idempotency/async_idempotent.hpp>

#include <gtest/gtest.h>

#include <batchproof/batch.hpp>
#include <batchproof/idempotency/memory_store.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <exception>
#include <stdexcept>
#include <string>

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

}  // namespace
}  // namespace batchproof
