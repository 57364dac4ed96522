#include <gtest/gtest.h>

#include <algorithm>
#include <batchproof/concurrency.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/this_coro.hpp>
#include <cstddef>
#include <map>
#include <numeric>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <batchproof/async.hpp>

namespace batchproof {
namespace {

/// Handles the changes of an item in order, beside those of two other items. The keys that DynamoDB sends
/// have no order.
struct ItemProcessor {
  bool sorts_keys = false;

  static std::string text_of(const AttributeValue& key) {
    if (key.type() == AttributeValue::Type::number) return std::string(key.as_number().text());
    return std::string(key.type() == AttributeValue::Type::binary ? key.as_binary() : key.as_string());
  }

  std::string item_of(const DynamoDbRecord& record) const {
    const auto written = record.keys();
    std::vector<std::string> parts;
    for (const auto& [name, value] : *written) parts.push_back(std::string(name) + '=' + text_of(value));
    if (sorts_keys) std::sort(parts.begin(), parts.end());
    return std::accumulate(parts.begin(), parts.end(), std::string());
  }

  boost::asio::awaitable<std::string> process(std::string_view payload, ConcurrentProbe& probe) const {
    const auto event = decode<DynamoDbRecord>(payload);
    std::map<std::string, std::vector<const DynamoDbRecord*>> items;
    for (const DynamoDbRecord& record : event.records()) items[item_of(record)].push_back(&record);
    std::size_t running = 0;
    std::size_t left = items.size();
    std::optional<std::size_t> first_failure;
    const auto handle_all =
        [&](const std::vector<const DynamoDbRecord*>& changes) -> boost::asio::awaitable<void> {
      while (running == 3) co_await probe.turn();
      ++running;
      for (const DynamoDbRecord* change : changes) {
        bool failed = false;
        try {
          co_await probe(*change);
        } catch (...) {
          failed = true;
        }
        if (failed) first_failure = std::min(first_failure.value_or(change->index()), change->index());
      }
      --running;
      --left;
    };
    for (const auto& [item, changes] : items)
      boost::asio::co_spawn(co_await boost::asio::this_coro::executor, handle_all(changes),
                            boost::asio::detached);
    while (left > 0) co_await probe.turn();
    std::vector<std::string_view> failures;
    if (first_failure) failures.push_back(event.records()[*first_failure].sequence_number());
    co_return detail::encode_response(failures);
  }
};

TEST(VerifyConcurrency, KnowsAnItemByItsKeysInAnyOrder) {
  const VerifyConcurrencyOptions options{
      .raise_on_entire_batch_failure = false, .max_concurrency = 3, .schedules = 200, .seed = 7};
  const auto verify = [&](const ItemProcessor& processor) {
    return verify_concurrency<DynamoDbRecord>(
        [&](std::string_view payload, ConcurrentProbe& probe) { return processor.process(payload, probe); },
        options);
  };
  EXPECT_TRUE(verify({.sorts_keys = true}));
  const auto report = verify({.sorts_keys = false});
  EXPECT_EQ(report.broken_law(), "in-key-order") << report;
}

}  // namespace
}  // namespace batchproof
