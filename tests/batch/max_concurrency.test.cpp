#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <batchproof/batch.hpp>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>

#include "events.hpp"

namespace batchproof {
namespace {

using ::testing::HasSubstr;
using ::testing::ThrowsMessage;
using namespace std::chrono_literals;

TEST(MaxConcurrency, OfNoneIsRefused) {
  EXPECT_THAT([] { BatchProcessor<SqsRecord>({.max_concurrency = 0}); },
              ThrowsMessage<std::invalid_argument>(HasSubstr("max_concurrency is 0")));
}

TEST(MaxConcurrency, ThatWouldBreakTheOrderOfAFifoQueueIsRefused) {
  EXPECT_THAT([] { SqsFifoPartialProcessor({.max_concurrency = 2}); },
              ThrowsMessage<std::invalid_argument>(HasSubstr("skip_group_on_error")));
}

TEST(MaxConcurrency, ThatWouldGoOnAfterAFailureIsRefused) {
  EXPECT_THAT(
      [] { BatchProcessor<KinesisStreamRecord>({.stop_on_first_failure = true, .max_concurrency = 2}); },
      ThrowsMessage<std::invalid_argument>(HasSubstr("stop_on_first_failure")));
}

class OwnProcessor : public BasePartialProcessor<SqsRecord> {
 public:
  explicit OwnProcessor(Options options) : BasePartialProcessor(std::move(options)) {}
};

TEST(MaxConcurrency, OfAnOwnProcessorIsRefused) {
  EXPECT_THAT([] { OwnProcessor({.max_concurrency = 2}); },
              ThrowsMessage<std::invalid_argument>(HasSubstr("AsyncBasePartialProcessor")));
}

TEST(MaxConcurrency, LeftOutIsSeveralCoroutinesWhereOrderAllowsIt) {
  EXPECT_EQ(detail::default_coroutines(detail::Ordering::none), 16U);
  EXPECT_EQ(detail::default_coroutines(detail::Ordering::message_group), 16U);
  EXPECT_EQ(detail::default_coroutines(detail::Ordering::fifo), 1U);
  EXPECT_EQ(detail::default_coroutines(detail::Ordering::stream), 1U);
}

TEST(Reserve, BelowNothingIsRefused) {
  EXPECT_THAT([] { BatchProcessor<SqsRecord>({.reserve = -1ms}); },
              ThrowsMessage<std::invalid_argument>(HasSubstr("reserve is -1 ms")));
}

TEST(MaxConcurrency, OfOneKeepsToTheCallersThread) {
  const auto event = decode<SqsRecord>(batch_of<SqsRecord>({"1", "2", "3"}));
  const auto caller = std::this_thread::get_id();
  const auto batch = BatchProcessor<SqsRecord>().process(
      event, [](const SqsRecord&) { return Kept{std::this_thread::get_id()}; });
  for (const auto& message : batch.messages()) EXPECT_EQ(message.result, caller);
}

}  // namespace
}  // namespace batchproof
