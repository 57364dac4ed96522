// The requests of coroutine handlers that fail.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <batchproof/async.hpp>
#include <batchproof/batch.hpp>
#include <chrono>
#include <string>
#include <vector>

#include "../batch/events.hpp"

namespace batchproof {
namespace {

using ::testing::ElementsAre;

/// Does to each record what its body says.
boost::asio::awaitable<void> obey_later(const SqsRecord& record) {
  co_await boost::asio::post(co_await boost::asio::this_coro::executor, boost::asio::use_awaitable);
  if (record.body() == "retry") throw RetryAfter(std::chrono::seconds(30));
  if (record.body() == "dead") throw DeadLetter("no such customer");
  if (record.body() == "drop") throw Drop("obsolete");
}

struct NotedCalls {
  std::vector<std::string> sent{};
  std::vector<std::string> changed{};  // a text for each call

  QueueActions actions() {
    return {.change_visibility =
                [this](std::span<VisibilityChange> changes) {
                  std::string& call = changed.emplace_back();
                  for (const VisibilityChange& change : changes)
                    call += std::string(change.record.message_id()) + ":" +
                            std::to_string(change.delay.count()) + " ";
                },
            .send_dead_letter =
                [this](const DeadLetterMessage& message) {
                  sent.push_back(std::string(message.item_identifier) + ": " + std::string(message.reason));
                }};
  }
};

TEST(AsyncFailureRequests, AreMetByOneCallForAllRetriesAndALetterForEachDeadOne) {
  NotedCalls queue;
  const AsyncBatchProcessor<SqsRecord> processor{{.actions = queue.actions()}};
  const std::string event =
      event_of({sqs_record("1", "retry"), sqs_record("2", "dead"), sqs_record("3", "drop"),
                sqs_record("4", ""), sqs_record("5", "retry")});
  EXPECT_EQ(async_process_partial_response(event, obey_later, processor),
            R"({"batchItemFailures":[{"itemIdentifier":"1"},{"itemIdentifier":"5"}]})");
  EXPECT_THAT(queue.sent, ElementsAre("2: no such customer"));
  EXPECT_THAT(queue.changed, ElementsAre("1:30 5:30 "));
}

}  // namespace
}  // namespace batchproof
