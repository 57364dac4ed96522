// An idempotent handling of a record allocates nothing but the texts that it passes to the store.

#include <gtest/gtest.h>
#include <unistd.h>

#include <batchproof/batch.hpp>
#include <batchproof/idempotency/dynamodb_store.hpp>
#include <batchproof/idempotency/idempotent.hpp>
#include <chrono>
#include <cstdlib>
#include <new>
#include <string>

#include "loopback_client.hpp"
#include "redis_server.hpp"

namespace {

thread_local std::size_t allocation_count = 0;
thread_local std::ptrdiff_t blocks_held = 0;

}  // namespace

void* operator new(std::size_t size) {
  void* const memory = std::malloc(size == 0 ? 1 : size);
  if (memory == nullptr) throw std::bad_alloc();
  ++allocation_count;
  ++blocks_held;
  return memory;
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {  // called by simdjson
  try {
    return operator new(size);
  } catch (const std::bad_alloc&) {
    return nullptr;
  }
}
void operator delete(void* memory) noexcept {
  if (memory != nullptr) --blocks_held;
  std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept { operator delete(memory); }

namespace batchproof {
namespace {

/// Says yes to all, and keeps nothing.
class ForgetfulStore : public IdempotencyStore {
 public:
  std::optional<ExistingRecord> claim(const Claim&, std::chrono::milliseconds) override {
    return std::nullopt;
  }
  bool complete(const Claim&, std::string_view, std::chrono::milliseconds) override { return true; }
  void release(const Claim&, std::chrono::milliseconds) override {}
};

/// How many allocations the handling of a new message with a body of this size takes on this thread, when the
/// store has its connection. None of them may still be held after it.
std::size_t allocations_of(IdempotencyStore& store, std::size_t body_size) {
  int number = 1'000;
  const auto new_key = [&number](const SqsRecord&) {  // short enough to need no allocation
    return "key-" + std::to_string(number++);
  };
  const auto handler = idempotent(
      [](const SqsRecord&) {}, store,
      {.key = new_key, .prefix = "orders-of-" + std::to_string(getpid()) + "-" + std::to_string(body_size)});
  const LambdaContext context;
  const auto event = decode<SqsRecord>(R"({"Records":[{"messageId":"m1","eventSource":"aws:sqs","body":")" +
                                       std::string(body_size, 'x') + R"("}]})");
  const SqsRecord& record = event.records()[0];
  for (int round = 0; round < 3; ++round) handler(record, context);  // connects, and grows its buffers
  const std::size_t before = allocation_count;
  const std::ptrdiff_t held = blocks_held;
  handler(record, context);
  EXPECT_EQ(blocks_held, held);
  return allocation_count - before;
}

TEST(AllocationsOfIdempotentHandlers, AreTheTextsOfTheClaimWhateverTheSizeOfTheMessage) {
  ForgetfulStore store;
  for (const std::size_t size : {10U, 100'000U})
    EXPECT_EQ(allocations_of(store, size), 3U) << "its key, its token and the hash of its payload";
}

// Beyond the texts of the claim: the values that Redis is sent, and the place of the connection that watches
// the key.
TEST(AllocationsOfIdempotentHandlers, OnRedisAreThoseOfItsRequestsWhateverTheSizeOfTheMessage) {
  RedisStore store(options_for(shared_redis()));
  const std::size_t of_a_small_one = allocations_of(store, 10);
  EXPECT_EQ(allocations_of(store, 100'000), of_a_small_one);
  EXPECT_LE(of_a_small_one, 20U);
}

// The requests are JSON, of which each member is allocated.
TEST(AllocationsOfIdempotentHandlers, OnDynamoDbAreThoseOfItsRequestsWhateverTheSizeOfTheMessage) {
  aws::LoopbackServer server(aws::LoopbackServer::Answers{{.body = "{}"}});  // on a thread of its own
  DynamoDbStore store({.table = "handled", .client = client_of(server)});
  const std::size_t of_a_small_one = allocations_of(store, 10);
  EXPECT_EQ(allocations_of(store, 100'000), of_a_small_one);
}

}  // namespace
}  // namespace batchproof
