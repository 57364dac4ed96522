#include <gmock/gmock.h>

#include <batchproof/async.hpp>
#include <batchproof/envelopes.hpp>
#include <batchproof/fixtures/aggregated_data.hpp>
#include <batchproof/json.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/uuid/detail/md5.hpp>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "envelope_events.hpp"

namespace batchproof {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string three_records() {
  return fixtures::aggregated_data({{.partition_key = "a", .data = "one"},
                                    {.partition_key = "b", .data = "two", .explicit_hash_key = "5"},
                                    {.partition_key = "a", .data = "three"}});
}

/// An aggregate of this message, with the checksum that belongs to it.
std::string aggregate_of(const std::string& message) {
  boost::uuids::detail::md5 hash;
  boost::uuids::detail::md5::digest_type digest;
  hash.process_bytes(message.data(), message.size());
  hash.get_digest(digest);
  std::string aggregate = "\xF3\x89\x9A\xC2" + message;
  for (const auto word : digest) {
    for (std::size_t shift = 8 * sizeof word; shift > 0; shift -= 8)
      aggregate += static_cast<char>(word >> (shift - 8));
  }
  return aggregate;
}

TEST(UserRecords, AreHandledOneAfterTheOther) {
  std::vector<std::string> seen;
  const auto note = [&](const UserRecord& user) {
    EXPECT_TRUE(user.is_aggregated());
    EXPECT_EQ(user.sequence_number(), "7");
    EXPECT_EQ(user.sub_sequence_number(), seen.size());
    seen.push_back(std::string(user.partition_key()) + ":" + std::string(user.data()) + ":" +
                   std::string(user.explicit_hash_key().value_or("-")));
  };
  EXPECT_EQ(failure_of_data(three_records(), user_records(note)), "");
  EXPECT_THAT(seen, ElementsAre("a:one:-", "b:two:5", "a:three:-"));
}

TEST(UserRecords, FailTheRecordThatHoldsThemWithBothPlaces) {
  int handled = 0;
  const auto refuse_two = [&](const UserRecord& user) {
    ++handled;
    if (user.data() == "two") throw std::invalid_argument("refused");
  };
  EXPECT_EQ(failure_of_data(three_records(), user_records(refuse_two)), "user record 1: refused");
  EXPECT_EQ(handled, 2);
}

TEST(UserRecords, AreTheRecordItselfWhereItIsNoAggregate) {
  std::string broken = three_records();
  broken.back() = static_cast<char>(broken.back() + 1);
  for (const std::string& data :
       {std::string("plain"), std::string(), broken, three_records().substr(0, 30),
        std::string("\xF3\x89\x9A\xC2"), "\xF3\x89\x9A\xC2" + std::string(16, 'x')}) {
    int handled = 0;
    const auto note = [&](const UserRecord& user) {
      ++handled;
      EXPECT_EQ(user.data(), data);
      EXPECT_EQ(user.partition_key(), "outer");
      EXPECT_FALSE(user.is_aggregated());
    };
    EXPECT_EQ(failure_of_data(data, user_records(note)), "");
    EXPECT_EQ(handled, 1);
  }
}

TEST(UserRecords, AreNotOpenedTwice) {
  int handled = 0;
  const auto note = [&](const UserRecord& user) {
    ++handled;
    EXPECT_EQ(user.data(), three_records());
  };
  failure_of_data(fixtures::aggregated_data({{.partition_key = "a", .data = three_records()}}),
                  user_records(note));
  EXPECT_EQ(handled, 1);
}

TEST(UserRecords, FailAnAggregateThatCannotBeReadBeforeAnyIsHandled) {
  const std::string table(
      "\x0A\x01"
      "a",
      3);
  const std::string good(
      "\x1A\x05\x08\x00\x1A\x01"
      "x",
      7);
  for (const auto& [message, cause] : std::vector<std::pair<std::string, std::string>>{
           {table + good +
                std::string("\x1A\x05\x08\x01\x1A\x01"
                            "x",
                            7),
            "user record 1 names partition key 1, but the aggregate has 1"},
           {table + good +
                std::string("\x1A\x07\x08\x00\x10\x03\x1A\x01"
                            "x",
                            9),
            "user record 1 names explicit hash key 3, but the aggregate has 0"},
           {table + good + std::string("\x1A\x02\x08\x00", 4),
            "user record 1 lacks its partition key or its data"},
           {table + good +
                std::string("\x1A\x70"
                            "x",
                            3),
            "the aggregate in kinesis/data cannot be read: "},
           {table + std::string("\x1A\x03\x08\xFF\xFF", 5), "the aggregate in kinesis/data cannot be read: "},
           {"\x08\x01" + good, "its field 1 has another type"},
           {table + good + "\x18\x01", "its field 3 has another type"},
           {table + good + "\x1A\x02\x18\x01", "its field 3 has another type"},
           {table + good + std::string("\x1A\x02\x0A\x00", 4), "its field 1 has another type"}}) {
    int handled = 0;
    EXPECT_THAT(failure_of_data(aggregate_of(message), user_records([&](const UserRecord&) { ++handled; })),
                HasSubstr(cause));
    EXPECT_EQ(handled, 0);
  }
  EXPECT_EQ(failure_of_data(aggregate_of(table + good), user_records([](const UserRecord&) {})), "");
}

TEST(UserRecords, MayBeNone) {
  const std::string table(
      "\x0A\x01"
      "a",
      3);
  EXPECT_EQ(failure_of_data(aggregate_of(table), user_records([](const UserRecord&) { ADD_FAILURE(); })), "");
}

TEST(UserRecords, MayBeTyped) {
  std::vector<int> seen;
  const auto note = [&](const Order& order, const UserRecord& user) {
    EXPECT_EQ(user.partition_key(), "a");
    seen.push_back(order.quantity);
  };
  const std::string data = fixtures::aggregated_data(
      {{.partition_key = "a", .data = R"({"quantity":2})"}, {.partition_key = "a", .data = "x"}});
  EXPECT_THAT(failure_of_data(data, user_records(typed<Order>(note))),
              HasSubstr("user record 1: data does not fit"));
  EXPECT_THAT(seen, ElementsAre(2));
}

TEST(UserRecords, MayBeHandledByCoroutines) {
  std::vector<std::string> seen;
  const auto note = [&](const UserRecord& user) -> boost::asio::awaitable<void> {
    seen.emplace_back(user.data());
    if (user.data() == "two") throw std::invalid_argument("refused");
    co_return;
  };
  const AsyncBatchProcessor<KinesisStreamRecord> processor({.raise_on_entire_batch_failure = false});
  const std::string event = fixtures::kinesis_event({{.sequence_number = "7", .data = three_records()}});
  EXPECT_THAT(async_process_partial_response(event, user_records(note), processor), HasSubstr(R"("7")"));
  EXPECT_THAT(seen, ElementsAre("one", "two"));
}

TEST(UserRecords, BeginOnTheCallingThreadWhereverTheOneBeforeEnded) {
  boost::asio::thread_pool pool(2);
  const auto here = std::this_thread::get_id();
  std::vector<bool> begun_here;
  const auto leave = [&](const UserRecord&) -> boost::asio::awaitable<void> {
    begun_here.push_back(std::this_thread::get_id() == here);
    co_await boost::asio::post(boost::asio::bind_executor(pool, boost::asio::use_awaitable));
  };
  const std::string event = fixtures::kinesis_event({{.sequence_number = "7", .data = three_records()}});
  EXPECT_EQ(
      async_process_partial_response(event, user_records(leave), AsyncBatchProcessor<KinesisStreamRecord>()),
      R"({"batchItemFailures":[]})");
  EXPECT_THAT(begun_here, ElementsAre(true, true, true));
}

TEST(UserRecords, MayBeTypedAndHandledByCoroutinesThatWait) {
  std::vector<int> seen;
  const auto note = [&](const Order& order, const UserRecord& user) -> boost::asio::awaitable<void> {
    co_await boost::asio::post(co_await boost::asio::this_coro::executor, boost::asio::use_awaitable);
    EXPECT_EQ(user.partition_key(), "a");
    seen.push_back(order.quantity);
  };
  const std::string event = fixtures::kinesis_event(
      {{.sequence_number = "7",
        .data = fixtures::aggregated_data({{.partition_key = "a", .data = R"({"quantity":2})"},
                                           {.partition_key = "a", .data = R"({"quantity":3})"}})},
       {.sequence_number = "8", .data = fixtures::aggregated_data({{.partition_key = "a", .data = "x"}})}});
  EXPECT_EQ(async_process_partial_response(event, user_records(typed<Order>(note)),
                                           AsyncBatchProcessor<KinesisStreamRecord>()),
            R"({"batchItemFailures":[{"itemIdentifier":"8"}]})");
  EXPECT_THAT(seen, ElementsAre(2, 3));
}

TEST(UserRecords, TakeOutcomesForFailures) {
  struct Outcome {
    bool has_value() const { return false; }
    std::string error() const { return "no stock"; }
  };
  EXPECT_EQ(failure_of_data("plain", user_records([](const UserRecord&) { return Outcome(); })),
            "user record 0: no stock");
}

}  // namespace
}  // namespace batchproof
