// A record that succeeds costs no heap allocation: what a batch allocates does not grow with the number of
// its records.

// The thread sanitizer brings an `operator new` of its own, and runs no test of this file.
#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define BATCHPROOF_THREAD_SANITIZER
#endif
#endif

#ifndef BATCHPROOF_THREAD_SANITIZER

#include <gtest/gtest.h>

#include <atomic>
#include <batchproof/batch.hpp>
#include <cstdlib>
#include <new>
#include <string>
#include <string_view>
#include <vector>

#include "allocations.hpp"
#include "events.hpp"

namespace {

thread_local std::size_t allocation_count = 0;
std::atomic<std::size_t> allocations_until_failure = 0;  // of any thread; 0: none fails

bool is_to_fail() noexcept {
  std::size_t left = allocations_until_failure.load();
  while (left != 0 && !allocations_until_failure.compare_exchange_weak(left, left - 1)) continue;
  return left == 1;
}

void* allocate(std::size_t size) noexcept {
  ++allocation_count;
  return is_to_fail() ? nullptr : std::malloc(size == 0 ? 1 : size);
}

void* allocate_or_throw(std::size_t size) {
  if (void* const memory = allocate(size)) return memory;
  throw std::bad_alloc();
}

}  // namespace

void batchproof::fail_allocation(std::size_t number) noexcept { allocations_until_failure = number; }

bool batchproof::stop_failing() noexcept { return allocations_until_failure.exchange(0) == 0; }

void* operator new(std::size_t size) { return allocate_or_throw(size); }
void* operator new[](std::size_t size) { return allocate_or_throw(size); }
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return allocate(size); }
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept { return allocate(size); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }

namespace batchproof {
namespace {

/// How often a batch of equal records allocates, once buffers that are used again have grown.
template <class Handler, class Processor>
std::size_t allocations(const std::string& record, std::size_t record_count, Handler&& handler,
                        const Processor& processor) {
  const std::string payload = event_of(std::vector<std::string>(record_count, record));
  static_cast<void>(process_partial_response(payload, handler, processor));
  const std::size_t before = allocation_count;
  static_cast<void>(process_partial_response(payload, handler, processor));
  return allocation_count - before;
}

template <class Handler, class Processor>
void expect_no_growth(const std::string& record, Handler&& handler, const Processor& processor) {
  const std::size_t few = allocations(record, 1'000, handler, processor);
  EXPECT_EQ(allocations(record, 2'000, handler, processor), few);
  EXPECT_LT(few, 20U);
}

TEST(Allocations, DoNotGrowWithTheMessagesOfAQueue) {
  std::size_t bytes = 0;
  const auto handler = [&](const SqsRecord& record) {
    bytes += record.body().size() + record.receipt_handle().size();
  };
  expect_no_growth(sqs_record("1", std::string(200, 'a')), handler, BatchProcessor<SqsRecord>{});
  expect_no_growth(sqs_record("1", R"({\"text\":\"with escapes, too long for a small string\\n\"})"), handler,
                   BatchProcessor<SqsRecord>{});
  EXPECT_GT(bytes, 0U);
}

TEST(Allocations, DoNotGrowWithTheAttributesThatAHandlerReads) {
  std::size_t sum = 0;
  const auto handler = [&](const SqsRecord& record) {
    const SqsAttributes attributes = record.attributes();
    sum += attributes.approximate_receive_count().value_or(0) + attributes.sender_id()->size();
    sum += attributes.find("SenderId")->size();
  };
  expect_no_growth(sqs_record("1"), handler, BatchProcessor<SqsRecord>{});
  EXPECT_GT(sum, 0U);
}

TEST(Allocations, DoNotGrowWithTheMessagesOfAFifoQueue) {
  std::size_t bytes = 0;
  const auto handler = [&](const SqsRecord& record) { bytes += record.body().size(); };
  const std::string record = fifo_record("1", "a message group with a long name");
  expect_no_growth(record, handler, SqsFifoPartialProcessor{});
  expect_no_growth(record, handler, SqsFifoPartialProcessor{{.skip_group_on_error = true}});
  EXPECT_GT(bytes, 0U);
}

TEST(Allocations, DoNotGrowWithTheRecordsOfAKinesisStream) {
  std::size_t bytes = 0;
  const auto handler = [&](const KinesisStreamRecord& record) {
    bytes += record.data().size() + record.shard_id().size();
  };
  expect_no_growth(kinesis_record("1", "SGVsbG8sIHRoaXMgaXMgYSB0ZXN0LCBhbmQgbm90IHNob3J0Lg=="), handler,
                   BatchProcessor<KinesisStreamRecord>{});
  EXPECT_GT(bytes, 0U);
}

TEST(Allocations, DoNotGrowWithTheRecordsOfATable) {
  std::size_t inserts = 0;
  const auto handler = [&](const DynamoDbRecord& record) {
    inserts += record.kind() == ChangeKind::insert ? 1U : 0U;
  };
  expect_no_growth(dynamodb_record("1"), handler, BatchProcessor<DynamoDbRecord>{});
  EXPECT_GT(inserts, 0U);
}

TEST(Allocations, AreOneForEachImageThatAHandlerAsksFor) {
  std::size_t bytes = 0;
  const auto handler = [&](const DynamoDbRecord& record) {
    const auto image = record.new_image();
    bytes += image->at("Message").as_string().size() + image->at("Id").as_number().text().size();
  };
  const BatchProcessor<DynamoDbRecord> processor;
  const std::size_t few = allocations(dynamodb_record("1"), 1'000, handler, processor);
  EXPECT_EQ(allocations(dynamodb_record("1"), 2'000, handler, processor), few + 1'000);
  EXPECT_GT(bytes, 0U);
}

TEST(Allocations, DoNotGrowWithResultsThatNeedNone) {
  expect_no_growth(
      sqs_record("1"), [](const SqsRecord& record) { return record.body(); }, BatchProcessor<SqsRecord>{});
}

TEST(Allocations, OfAnUnusuallyLargePayloadAreNotKept) {
  const auto allocations_of = [](const std::string& payload) {
    const std::size_t before = allocation_count;
    EXPECT_EQ(decode<SqsRecord>(std::string_view(payload)).size(), 1U);
    return allocation_count - before;
  };
  const std::string usual = event_of({sqs_record("1", std::string(std::size_t{6} << 20, 'a'))});
  const std::string large = event_of({sqs_record("1", std::string(std::size_t{17} << 20, 'a'))});
  allocations_of(usual);
  const std::string small = event_of({sqs_record("1")});
  const std::size_t kept = allocations_of(small);
  EXPECT_EQ(allocations_of(small), kept);
  allocations_of(large);
  EXPECT_GT(allocations_of(small), kept);
}

}  // namespace
}  // namespace batchproof

#endif  // BATCHPROOF_THREAD_SANITIZER
