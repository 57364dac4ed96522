#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <batchproof/async.hpp>
#include <batchproof/batch.hpp>
#include <batchproof/concurrency.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <cstddef>
#include <random>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "few_schedules.hpp"

namespace batchproof {
namespace {

using ::testing::HasSubstr;

TEST(VerifyConcurrency, NamesAProcessorThatRemembersWhatItBegan) {
  std::set<std::string> begun;
  const auto passes_over = [&](std::string_view payload,
                               ConcurrentProbe& probe) -> boost::asio::awaitable<std::string> {
    const auto event = decode<SqsRecord>(payload);
    std::vector<std::string_view> failed;
    for (const SqsRecord& record : event.records()) {
      if (!begun.emplace(record.message_id()).second) continue;  // also one that failed
      try {
        co_await probe(record);
      } catch (...) {
        failed.push_back(record.message_id());
      }
    }
    co_return detail::encode_response(failed);
  };
  const auto report = verify_concurrency<SqsRecord>(
      passes_over, {.raise_on_entire_batch_failure = false, .schedules = few_schedules(), .seed = 7});
  EXPECT_EQ(report.broken_law(), "fresh") << report;
}

TEST(VerifyConcurrency, NamesAProcessorThatKeepsTheFailuresOfABatchThatFailed) {
  std::vector<std::string> failed;
  const auto reuses_the_list = [&](std::string_view payload,
                                   ConcurrentProbe& probe) -> boost::asio::awaitable<std::string> {
    const auto event = decode<SqsRecord>(payload);
    std::size_t failures = 0;
    for (const SqsRecord& record : event.records()) {
      try {
        co_await probe(record);
      } catch (...) {
        failed.emplace_back(record.message_id());
        ++failures;
      }
    }
    if (failures > 0 && failures == event.size()) throw std::runtime_error("every record failed");
    std::string answer = detail::encode_response({failed.begin(), failed.end()});
    failed.clear();
    co_return answer;
  };
  const auto report =
      verify_concurrency<SqsRecord>(reuses_the_list, {.schedules = few_schedules(), .seed = 7});
  EXPECT_FALSE(report) << report;
  EXPECT_EQ(report.counterexample().size(), 1U) << report;
  EXPECT_THAT(report.text(), HasSubstr("an earlier batch left a state behind"));
}

TEST(VerifyConcurrency, AccusesNoProcessorWhoseHandlersWaitForTimers) {
  const AsyncBatchProcessor<KinesisStreamRecord> processor({.max_concurrency = 4});
  std::mt19937_64 random(7);
  const auto waits = [&](std::string_view payload,
                         ConcurrentProbe& probe) -> boost::asio::awaitable<std::string> {
    const auto handle = [&](const KinesisStreamRecord& record) -> boost::asio::awaitable<void> {
      boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor,
                                      std::chrono::microseconds(random() % 300));
      co_await timer.async_wait(boost::asio::use_awaitable);
      co_await probe(record);
    };
    const auto event = decode<KinesisStreamRecord>(payload);
    const auto batch = co_await processor.process(event, handle);
    co_return batch.to_json();
  };
  const auto report = verify_concurrency<KinesisStreamRecord>(waits, {.schedules = 100, .seed = 7});
  EXPECT_TRUE(report) << report;
}

TEST(VerifyConcurrency, ShowsAsManyEarlierBatchesAsACounterNeeds) {
  int batches = 0;
  const auto loses_each_thirtieth = [&](std::string_view payload,
                                        ConcurrentProbe& probe) -> boost::asio::awaitable<std::string> {
    const bool loses = ++batches % 30 == 0;
    const auto event = decode<SqsRecord>(payload);
    std::vector<std::string_view> failed;
    for (const SqsRecord& record : event.records()) {
      try {
        co_await probe(record);
      } catch (...) {
        if (!loses) failed.push_back(record.message_id());
      }
    }
    co_return detail::encode_response(failed);
  };
  const auto report = verify_concurrency<SqsRecord>(
      loses_each_thirtieth, {.raise_on_entire_batch_failure = false, .schedules = 100, .seed = 7});
  EXPECT_EQ(report.broken_law(), "fresh") << report;
  EXPECT_EQ(report.counterexample().earlier.size(), 27U) << report;  // and three runs of the case
  EXPECT_EQ(report.counterexample().size(), 1U) << report;
}

}  // namespace
}  // namespace batchproof
