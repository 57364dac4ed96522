#include <batchproof/idempotency/async_idempotent.hpp>

#include <gtest/gtest.h>

#include <batchproof/batch.hpp>
#include <batchproof/idempotency/memory_store.hpp>
#include <boost/asio/thread_pool.hpp>
#include <stdexcept>
#include <string>

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

}  // namespace
}  // namespace batchproof
