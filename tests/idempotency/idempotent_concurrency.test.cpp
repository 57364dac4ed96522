// Deliveries that overlap, on several threads, for the thread sanitizer too.

#include <gtest/gtest.h>

#include <atomic>
#include <barrier>
#include <batchproof/batch.hpp>
#include <batchproof/idempotency/async_idempotent.hpp>
#include <batchproof/idempotency/idempotent.hpp>
#include <batchproof/idempotency/memory_store.hpp>
#include <batchproof/idempotency/redis_store.hpp>
#include <boost/asio/thread_pool.hpp>
#include <string>

#include "redis_server.hpp"

namespace batchproof {
namespace {

/// How often the handler of 200 messages, of which each stands four times in the batch, runs by eight
/// threads.
int effects_of_twins(IdempotencyStore& store) {
  std::string event = R"({"Records":[)";
  for (int position = 0; position < 200; ++position) {
    event += (position == 0 ? "" : ",") + (R"({"messageId":"m)" + std::to_string(position / 4)) +
             R"(","body":"teapot","eventSource":"aws:sqs"})";
  }
  event += "]}";
  std::atomic<int> effects = 0;
  const auto handler = idempotent([&](const SqsRecord&) { ++effects; }, store);
  const BatchProcessor<SqsRecord> processor{{.max_concurrency = 8}};
  static_cast<void>(process_partial_response(event, handler, processor));
  return effects;
}

TEST(ConcurrencyOfIdempotentHandlers, HandlesEachMessageOnceByAMemoryStore) {
  MemoryStore store;
  EXPECT_EQ(effects_of_twins(store), 50);
}

TEST(ConcurrencyOfIdempotentHandlers, HandlesEachMessageOnceByARedisStore) {
  RedisStore store(options_for(shared_redis()));
  EXPECT_EQ(effects_of_twins(store), 50);
}

/// A store whose claims wait for each other: four must come together before one is answered.
class MeetingStore : public MemoryStore {
 public:
  std::optional<ExistingRecord> claim(const Claim& claim, std::chrono::milliseconds time_limit) override {
    meeting_.arrive_and_wait();
    return MemoryStore::claim(claim, time_limit);
  }

 private:
  std::barrier<> meeting_{4};
};

/// Four messages with different ids.
std::string four_messages() {
  std::string event = R"({"Records":[)";
  for (const char* const id : {"m1", "m2", "m3", "m4"})
    event += (event.back() == '[' ? "" : ",") + (R"({"messageId":")" + std::string(id)) +
             R"(","body":"teapot","eventSource":"aws:sqs"})";
  return event + "]}";
}

TEST(ConcurrencyOfIdempotentHandlers, ClaimsTheMessagesOfABatchTogether) {
  MeetingStore store;
  std::atomic<int> effects = 0;
  const auto handler = idempotent([&](const SqsRecord&) { ++effects; }, store);
  const BatchProcessor<SqsRecord> processor{{.max_concurrency = 4}};
  EXPECT_EQ(process_partial_response(four_messages(), handler, processor), R"({"batchItemFailures":[]})");
  EXPECT_EQ(effects, 4);
}

TEST(ConcurrencyOfIdempotentHandlers, ClaimsTheMessagesOfCoroutinesTogether) {
  MeetingStore store;
  boost::asio::thread_pool pool(4);
  std::atomic<int> effects = 0;
  const auto handler = async_idempotent(
      [&](const SqsRecord&) -> boost::asio::awaitable<void> {
        ++effects;
        co_return;
      },
      store, pool.get_executor());
  const AsyncBatchProcessor<SqsRecord> processor{{.max_concurrency = 4}};
  EXPECT_EQ(async_process_partial_response(four_messages(), handler, processor),
            R"({"batchItemFailures":[]})");
  EXPECT_EQ(effects, 4);
}

}  // namespace
}  // namespace batchproof
