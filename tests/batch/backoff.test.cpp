#include <batchproof/backoff.hpp>

#include <gtest/gtest.h>

#include <batchproof/batch.hpp>
#include <cstdint>
#include <limits>
#include <set>
#include <stdexcept>
#include <string>

#include "events.hpp"

namespace batchproof {
namespace {

using namespace std::chrono_literals;

TEST(ExponentialBackoff, DoublesUpToItsCap) {
  const auto backoff = exponential(2s, 15s, 0);
  EXPECT_EQ(backoff.delay(1, "m"), 2s);
  EXPECT_EQ(backoff.delay(2, "m"), 4s);
  EXPECT_EQ(backoff.delay(3, "m"), 8s);
  EXPECT_EQ(backoff.delay(4, "m"), 15s);
  EXPECT_EQ(backoff.delay(std::numeric_limits<std::uint64_t>::max(), "m"), 15s);
}

TEST(ExponentialBackoff, NeverOverflows) {
  const auto longest = std::chrono::milliseconds::max();
  EXPECT_GT(exponential(1ms, longest, 0.5).delay(1'000, "m"), 0ms);
  EXPECT_EQ(exponential(1s, longest, 0).delay(60, "m"), longest);
}

TEST(ExponentialBackoff, SpreadsMessagesOverThePartThatIsLeftToChance) {
  const auto backoff = exponential(1'000ms, 1'000ms, 0.5);
  std::set<std::chrono::milliseconds> delays;
  for (int message = 0; message < 1'000; ++message) {
    const auto delay = backoff.delay(1, "message " + std::to_string(message));
    EXPECT_GE(delay, 500ms);
    EXPECT_LE(delay, 1'000ms);
    delays.insert(delay / 100 * 100);
  }
  EXPECT_EQ(delays.size(), 5);
}

TEST(ExponentialBackoff, ReadsTheReceiveCountOfAMessage) {
  const auto event = decode<SqsRecord>(
      event_of({with(sqs_record("1"), R"("ApproximateReceiveCount":"1")", R"("ApproximateReceiveCount":"3")"),
                with(sqs_record("2"), R"("ApproximateReceiveCount":"1",)", "")}));
  const auto backoff = exponential(2s, 1min, 0);
  EXPECT_EQ(backoff(event.records()[0]), 8s);
  EXPECT_EQ(backoff(event.records()[1]), 2s);
}

TEST(ExponentialBackoff, RefusesWhatCannotBeMeant) {
  EXPECT_THROW(exponential(0s, 1s), std::invalid_argument);
  EXPECT_THROW(exponential(2s, 1s), std::invalid_argument);
  EXPECT_THROW(exponential(1s, 2s, 1.5), std::invalid_argument);
  EXPECT_THROW(exponential(1s, 2s, -0.1), std::invalid_argument);
}

}  // namespace
}  // namespace batchproof
