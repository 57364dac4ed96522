// Deliveries that overlap, on several threads, for the thread sanitizer too.

#include <gtest/gtest.h>

#include <atomic>
#include <batchproof/batch.hpp>
#include <batchproof/idempotency/idempotent.hpp>
#include <batchproof/idempotency/memory_store.hpp>
#include <batchproof/idempotency/redis_store.hpp>
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
  process_partial_response(event, handler, processor);
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

}  // namespace
}  // namespace batchproof
