// An idempotent handling of a record allocates nothing but the texts that it passes to the store.

#include <gtest/gtest.h>

#include <batchproof/batch.hpp>
#include <batchproof/idempotency/idempotent.hpp>
#include <cstdlib>
#include <new>
#include <string>

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

TEST(AllocationsOfIdempotentHandlers, AreTheTextsOfTheClaimWhateverTheSizeOfTheMessage) {
  ForgetfulStore store;
  const auto handler = idempotent([](const SqsRecord&) {}, store, {.prefix = "orders"});
  const LambdaContext context;
  for (const std::size_t size : {10U, 100'000U}) {
    const auto event = decode<SqsRecord>(
        R"({"Records":[{"messageId":"19dd0b57-b21e-4ac1-bd88-01bbb068cb78","eventSource":"aws:sqs","body":")" +
        std::string(size, 'x') + R"("}]})");
    const SqsRecord& record = event.records()[0];
    handler(record, context);  // its body is read for the first time
    const std::size_t before = allocation_count;
    const std::ptrdiff_t held = blocks_held;
    handler(record, context);
    EXPECT_EQ(allocation_count - before, 3U) << "its key, its token and the hash of its payload";
    EXPECT_EQ(blocks_held, held);
  }
}

}  // namespace
}  // namespace batchproof
