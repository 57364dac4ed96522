// When memory runs out, at any allocation of a batch, the batch is answered in full or not at all.

// The thread sanitizer brings an `operator new` of its own, and runs no test of this file.
#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define BATCHPROOF_THREAD_SANITIZER
#endif
#endif

#ifndef BATCHPROOF_THREAD_SANITIZER

#include <gtest/gtest.h>

#include <batchproof/batch.hpp>
#include <functional>
#include <new>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "allocations.hpp"
#include "events.hpp"

namespace batchproof {
namespace {

constexpr std::size_t batch_size = 100;

bool is_rejected(std::size_t index) { return index % 10 == 3; }

std::string identifier(std::size_t index) { return std::to_string(1'000'000'000'000'000'000 + index); }

template <class MakeRecord>
std::string batch(MakeRecord&& make_record) {
  std::vector<std::string> records;
  for (std::size_t index = 0; index < batch_size; ++index) records.push_back(make_record(index));
  return event_of(records);
}

// Every kind of text: as it stands, with escapes, base64, and in a map.

void read(const SqsRecord& record) {
  EXPECT_FALSE(record.body().empty());
  EXPECT_EQ(record.attributes().approximate_receive_count(), 1U);
  EXPECT_TRUE(record.message_attributes().empty());
}

void read(const KinesisStreamRecord& record) {
  EXPECT_EQ(record.data(), "hello");
  EXPECT_EQ(record.partition_key(), "key");
}

void read(const DynamoDbRecord& record) {
  EXPECT_EQ(record.new_image()->at("Message").as_string(), "a text with an escape: /");
  EXPECT_EQ(record.new_image()->at("Bytes").as_binary(), "hello");
}

/// The visible outcome of a batch in which an allocation failed.
struct MemoryOutcome {
  std::vector<char> done = std::vector<char>(batch_size);  // by record
  std::optional<std::string> response{};
};

template <class Processor>
MemoryOutcome process(const std::string& payload, Processor& processor, std::size_t failing_allocation) {
  MemoryOutcome outcome;
  const auto handler = [&](const typename std::remove_cvref_t<Processor>::record_type& record) {
    read(record);
    if (is_rejected(record.index()))
      throw std::runtime_error("a text that is too long for a small string " + identifier(record.index()));
    outcome.done[record.index()] = true;
  };
  fail_allocation(failing_allocation);
  try {
    outcome.response = process_partial_response(payload, handler, processor);
  } catch (const std::bad_alloc&) {        // the whole batch is delivered again
  } catch (const BatchProcessingError&) {  // the same: order forbade the rest after a failure of the first
  }
  return outcome;
}

void expect_nothing_lost(const MemoryOutcome& outcome) {
  if (!outcome.response) return;
  EXPECT_TRUE(outcome.response->ends_with("]}"));
  for (std::size_t index = 0; index < batch_size; ++index) {
    const bool is_reported = outcome.response->find(identifier(index)) != std::string::npos;
    EXPECT_TRUE(outcome.done[index] || is_reported) << "lost: record " << index;
  }
}

/// Each time in a new thread, so that what threads keep is made anew, and once more after the failure, which
/// must leave nothing behind.
template <class Processor>
void expect_nothing_lost_at_any_allocation(const std::string& payload, Processor&& processor) {
  const std::string expected = process(payload, processor, 0).response.value();
  constexpr std::size_t more_than_enough = 100'000;
  std::size_t responses = 0;
  bool failed = true;
  std::size_t number = 1;
  for (; failed && number < more_than_enough && !::testing::Test::HasFailure(); ++number) {
    SCOPED_TRACE("the allocation that fails is number " + std::to_string(number));
    std::thread([&] {
      const MemoryOutcome outcome = process(payload, processor, number);
      failed = stop_failing();
      expect_nothing_lost(outcome);
      responses += outcome.response ? 1U : 0U;
      EXPECT_EQ(process(payload, processor, 0).response, expected);
    }).join();
  }
  EXPECT_FALSE(failed);
  EXPECT_GT(number, 20U);
  EXPECT_GT(responses, 1U);  // some failures are a record's alone
}

const std::string sqs_batch =
    batch([](std::size_t index) { return sqs_record(identifier(index), R"(an escape: \n)"); });
const std::string fifo_batch = batch([](std::size_t index) {
  return fifo_record(identifier(index), index % 17 == 5 ? "" : "group " + std::to_string(index % 7), R"(\/)");
});
const std::string kinesis_batch = batch([](std::size_t index) { return kinesis_record(identifier(index)); });
const std::string dynamodb_batch = batch([](std::size_t index) {
  return dynamodb_record(identifier(index),
                         R"({"Message":{"S":"a text with an escape: \/"},"Bytes":{"B":"aGVsbG8="}})");
});

TEST(OutOfMemory, LosesNoMessageOfAQueue) {
  expect_nothing_lost_at_any_allocation(sqs_batch, BatchProcessor<SqsRecord>{});
}

TEST(OutOfMemory, LosesNoMessageWhoseFailureAHookIsTold) {
  std::size_t told = 0;
  expect_nothing_lost_at_any_allocation(
      sqs_batch, BatchProcessor<SqsRecord>{{.on_failure = [&](const SqsRecord&, const Failure& failure) {
        told += std::string(failure.cause + ": a text that is too long for a small string").size();
        throw std::runtime_error("a hook that fails has no say, and a text too long for a small string");
      }}});
  EXPECT_GT(told, 0U);
}

TEST(OutOfMemory, LosesNoMessageOnThreads) {
  expect_nothing_lost_at_any_allocation(sqs_batch, BatchProcessor<SqsRecord>{{.max_concurrency = 3}});
}

TEST(OutOfMemory, LosesNoMessageOfAFifoQueue) {
  expect_nothing_lost_at_any_allocation(fifo_batch, SqsFifoPartialProcessor{});
  expect_nothing_lost_at_any_allocation(fifo_batch, SqsFifoPartialProcessor{{.skip_group_on_error = true}});
}

TEST(OutOfMemory, LosesNoMessageGroupOnThreads) {
  expect_nothing_lost_at_any_allocation(
      fifo_batch, SqsFifoPartialProcessor{{.skip_group_on_error = true, .max_concurrency = 3}});
}

TEST(OutOfMemory, LosesNoRecordOfAKinesisStream) {
  expect_nothing_lost_at_any_allocation(kinesis_batch, BatchProcessor<KinesisStreamRecord>{});
  expect_nothing_lost_at_any_allocation(kinesis_batch,
                                        BatchProcessor<KinesisStreamRecord>{{.stop_on_first_failure = true}});
}

TEST(OutOfMemory, LosesNoRecordOfATable) {
  expect_nothing_lost_at_any_allocation(dynamodb_batch, BatchProcessor<DynamoDbRecord>{});
  expect_nothing_lost_at_any_allocation(dynamodb_batch,
                                        BatchProcessor<DynamoDbRecord>{{.max_concurrency = 3}});
}

struct LongError : std::exception {
  const char* what() const noexcept override { return "a text that is too long for a small string"; }
};

TEST(OutOfMemory, IsTheCauseWhereThereIsNoneForTheText) {
  const auto event = decode<SqsRecord>(two_records);
  const auto batch = BatchProcessor<SqsRecord>{}.process(event, [](const SqsRecord& record) {
    if (record.index() != 0) return;
    fail_allocation(1);
    throw LongError();
  });
  EXPECT_TRUE(stop_failing());
  EXPECT_EQ(batch.messages()[0].cause, "out of memory");
  EXPECT_THROW(std::rethrow_exception(batch.messages()[0].exception), LongError);
}

/// Counts how often it cleaned.
class CleanedProcessor : public BasePartialProcessor<SqsRecord> {
 public:
  std::size_t prepared = 0;
  std::size_t cleaned = 0;

 private:
  void prepare() override { ++prepared; }
  void clean() override { ++cleaned; }
};

class CleanedProcessorThatCannotPrepare : public CleanedProcessor {
  void prepare() override {
    ++prepared;
    throw std::runtime_error("a preparation that failed, in a text too long for a small string");
  }
};

TEST(OutOfMemory, LosesNoMessageOfAnOwnProcessorWhichIsCleaned) {
  CleanedProcessor processor;
  expect_nothing_lost_at_any_allocation(sqs_batch, processor);
  EXPECT_GT(processor.prepared, 0U);
  EXPECT_GE(processor.cleaned, processor.prepared);
}

TEST(OutOfMemory, CleansAnOwnProcessorWhosePreparationFailed) {
  CleanedProcessorThatCannotPrepare processor;
  // simdjson chooses its kernel at the first use, and ends the process where it has no memory for that.
  EXPECT_ANY_THROW((void)process_partial_response(
      sqs_batch, [](const SqsRecord&) {}, processor));
  for (std::size_t number = 1; number < 100; ++number) {
    fail_allocation(number);
    EXPECT_ANY_THROW((void)process_partial_response(
        sqs_batch, [](const SqsRecord&) {}, processor));
    stop_failing();
    EXPECT_EQ(processor.cleaned, processor.prepared) << number;
  }
  EXPECT_GT(processor.prepared, 0U);
}

}  // namespace
}  // namespace batchproof

#endif  // BATCHPROOF_THREAD_SANITIZER
