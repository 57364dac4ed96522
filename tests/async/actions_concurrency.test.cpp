// Queue actions on another thread than the coroutines, for the thread sanitizer too.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <batchproof/async.hpp>
#include <batchproof/batch.hpp>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <future>
#include <set>
#include <span>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "../batch/events.hpp"

namespace batchproof {
namespace {

using ::testing::ElementsAre;

/// A queue that takes a dead letter only when another message has been handled meanwhile.
struct SlowQueue {
  std::atomic<bool> is_sending = false;
  std::promise<void> other_handled{};
  std::set<std::thread::id> threads{};

  QueueActions actions() {
    return {
        .change_visibility =
            [this](std::span<VisibilityChange>) { threads.insert(std::this_thread::get_id()); },
        .send_dead_letter =
            [this](const DeadLetterMessage&) {
              threads.insert(std::this_thread::get_id());
              is_sending = true;
              if (other_handled.get_future().wait_for(std::chrono::seconds(20)) != std::future_status::ready)
                throw std::runtime_error("the other message waited");
            }};
  }

  boost::asio::awaitable<void> handle(const SqsRecord& record) {
    const boost::asio::any_io_executor executor = co_await boost::asio::this_coro::executor;
    if (record.body() == "other") {
      while (!is_sending) co_await boost::asio::post(executor, boost::asio::use_awaitable);
      other_handled.set_value();
    }
    if (record.body() == "retry") throw RetryAfter(std::chrono::seconds(30));
    if (record.body() == "dead") throw DeadLetter("no such customer");
  }
};

TEST(ConcurrencyOfAsyncActions, RunOnAnExecutorOfTheirOwnWhileOtherRecordsContinue) {
  SlowQueue queue;
  boost::asio::thread_pool pool(1);
  const AsyncBatchProcessor<SqsRecord> processor({.actions = queue.actions()}, pool.get_executor());
  const auto handler = [&queue](const SqsRecord& record) { return queue.handle(record); };
  EXPECT_EQ(async_process_partial_response(
                event_of({sqs_record("1", "dead"), sqs_record("2", "other"), sqs_record("3", "retry")}),
                handler, processor),
            R"({"batchItemFailures":[{"itemIdentifier":"3"}]})");
  EXPECT_EQ(queue.threads.size(), 1);
  EXPECT_FALSE(queue.threads.contains(std::this_thread::get_id()));
}

TEST(ConcurrencyOfAsyncActions, RunOnAnExecutorOfTheirOwnInOwnProcessorsToo) {
  struct Own : AsyncBasePartialProcessor<SqsRecord> {
    Own(const Options& options, boost::asio::any_io_executor executor)
        : AsyncBasePartialProcessor(options, std::move(executor)) {}
  };
  SlowQueue queue;
  boost::asio::thread_pool pool(1);
  Own processor({.actions = queue.actions()}, pool.get_executor());
  const auto handler = [&queue](const SqsRecord& record) { return queue.handle(record); };
  EXPECT_EQ(async_process_partial_response(event_of({sqs_record("1", "dead"), sqs_record("2", "other")}),
                                           handler, processor),
            R"({"batchItemFailures":[]})");
}

/// The group of a dead letter goes on when it has been sent, and not before.
TEST(ConcurrencyOfAsyncActions, RunOnAnExecutorOfTheirOwnInTheOrderOfTheGroup) {
  std::vector<std::string> steps;
  const QueueActions actions{.send_dead_letter = [&](const DeadLetterMessage& message) {
    steps.push_back("sent " + std::string(message.item_identifier));
  }};
  boost::asio::thread_pool pool(1);
  const AsyncSqsFifoPartialProcessor processor({.skip_group_on_error = true, .actions = actions},
                                               pool.get_executor());
  const auto handler = [&](const SqsRecord& record) -> boost::asio::awaitable<void> {
    steps.push_back("handled " + std::string(record.message_id()));
    if (record.body() == "dead") throw DeadLetter("no such customer");
    co_return;
  };
  EXPECT_EQ(async_process_partial_response(event_of({fifo_record("1", "a", "dead"), fifo_record("2", "a", ""),
                                                     fifo_record("3", "a", "dead")}),
                                           handler, processor),
            R"({"batchItemFailures":[]})");
  EXPECT_THAT(steps, ElementsAre("handled 1", "sent 1", "handled 2", "handled 3", "sent 3"));
}

}  // namespace
}  // namespace batchproof
