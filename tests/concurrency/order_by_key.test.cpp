#include <gtest/gtest.h>

#include <batchproof/concurrency.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/this_coro.hpp>
#include <cstddef>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <batchproof/async.hpp>

namespace batchproof {
namespace {

enum class KeyFault {
  none,
  runs_all_together,     ///< of a key too
  forgets_what_it_left,  ///< the failure alone is reported
  reports_the_last,      ///< of a key: the last record that was left, and not the failure
  leaves_all_keys        ///< what follows a failure of any key is left
};

std::string key_of(const KinesisStreamRecord& record) { return std::string(record.partition_key()); }

std::string key_of(const KafkaRecord& record) {
  return std::string(record.topic()) + ' ' + std::to_string(record.partition()) + ' ' +
         (record.key() ? '=' + std::string(*record.key()) : "");
}

/// The keys of an item, which come in any order.
std::string key_of(const DynamoDbRecord& record) {
  const auto written = record.keys();
  std::map<std::string_view, std::string_view> keys;
  for (const auto& [name, value] : *written) {
    using Type = AttributeValue::Type;
    keys[name] = value.type() == Type::number   ? value.as_number().text()
                 : value.type() == Type::binary ? value.as_binary()
                                                : value.as_string();
  }
  std::string text;
  for (const auto& [name, value] : keys) text.append(name).append("=").append(value).append(" ");
  return text;
}

/// Two keys at a time. What follows a failure of its key is left, and reported.
template <class Record>
struct ProcessorByKey {
  KeyFault fault = KeyFault::none;

  boost::asio::awaitable<std::string> process(std::string_view payload, ConcurrentProbe& probe) const {
    const auto event = decode<Record>(payload);
    std::map<std::string, Indices> keys;
    for (const Record& record : event.records()) {
      const bool is_alone = fault == KeyFault::runs_all_together;
      keys[is_alone ? std::to_string(record.index()) : key_of(record)].push_back(record.index());
    }
    Progress progress{.left = keys.size()};
    const auto executor = co_await boost::asio::this_coro::executor;
    for (const auto& [key, indices] : keys)
      boost::asio::co_spawn(executor, handle_key(event, indices, probe, progress), boost::asio::detached);
    while (progress.left > 0) co_await probe.turn();
    auto failures = nlohmann::json::array();
    for (const std::size_t reported : progress.reported)
      failures.push_back({{"itemIdentifier", identifier_of(event.records()[reported])}});
    co_return nlohmann::json{{"batchItemFailures", failures}}.dump();
  }

  properties::Report verify(bool order_by_key) const {
    return verify_concurrency<Record>(
        [this](std::string_view payload, ConcurrentProbe& probe) { return process(payload, probe); },
        {.raise_on_entire_batch_failure = false,
         .max_concurrency = 2,
         .schedules = 100,
         .seed = 7,
         .order_by_key = order_by_key});
  }

 private:
  using Indices = std::vector<std::size_t>;

  struct Progress {
    std::size_t running = 0;
    std::size_t left;
    std::set<std::size_t> reported{};
  };

  boost::asio::awaitable<void> handle_key(const Event<Record>& event, const Indices& indices,
                                          ConcurrentProbe& probe, Progress& progress) const {
    while (progress.running == 2) co_await probe.turn();
    ++progress.running;
    bool has_failed = false;
    std::size_t last_reported = 0;
    for (const std::size_t index : indices) {
      if (fault == KeyFault::leaves_all_keys && !progress.reported.empty()) has_failed = true;
      if (has_failed) {
        if (fault == KeyFault::forgets_what_it_left) continue;
        if (fault == KeyFault::reports_the_last) progress.reported.erase(last_reported);
      } else {
        try {
          co_await probe(event.records()[index]);
          continue;
        } catch (...) {
          has_failed = true;
        }
      }
      progress.reported.insert(index);
      last_reported = index;
    }
    --progress.running;
    --progress.left;
  }

  static nlohmann::json identifier_of(const Record& record) {
    const std::string identifier(record.item_identifier());
    return std::is_same_v<Record, KafkaRecord> ? nlohmann::json::parse(identifier)
                                               : nlohmann::json(identifier);
  }
};

template <class Record>
class VerifyConcurrencyByKey : public ::testing::Test {};

using RecordsWithKeys = ::testing::Types<KinesisStreamRecord, DynamoDbRecord, KafkaRecord>;
TYPED_TEST_SUITE(VerifyConcurrencyByKey, RecordsWithKeys);

TYPED_TEST(VerifyConcurrencyByKey, LetsTheLaterRecordsOfAFailedKeyBeLeft) {
  const ProcessorByKey<TypeParam> processor;
  EXPECT_TRUE(processor.verify(true));
  EXPECT_FALSE(processor.verify(false));
}

TYPED_TEST(VerifyConcurrencyByKey, FindsAnOrderThatIsBrokenWithinAKey) {
  const auto report = ProcessorByKey<TypeParam>{KeyFault::runs_all_together}.verify(true);
  EXPECT_EQ(report.broken_law(), "in-key-order") << report;
  EXPECT_EQ(report.counterexample().size(), 2U) << report;
}

TYPED_TEST(VerifyConcurrencyByKey, ExcusesNoRecordOfAnotherKey) {
  const auto report = ProcessorByKey<TypeParam>{KeyFault::leaves_all_keys}.verify(true);
  EXPECT_EQ(report.broken_law(), "as-sequential") << report;
  EXPECT_LE(report.counterexample().size(), 3U) << report;
}

/// On a stream the later record of a failed key comes again with the failure; of Kafka it must be reported.
TYPED_TEST(VerifyConcurrencyByKey, FindsARecordThatIsForgotten) {
  const auto forgets = ProcessorByKey<TypeParam>{KeyFault::forgets_what_it_left}.verify(true);
  const bool is_lost = std::is_same_v<TypeParam, KafkaRecord>;
  EXPECT_EQ(forgets.passed(), !is_lost) << forgets;
  const auto late = ProcessorByKey<TypeParam>{KeyFault::reports_the_last}.verify(true);
  EXPECT_EQ(late.broken_law(), "lost-under-no-schedule") << late;
  EXPECT_EQ(late.counterexample().size(), 2U) << late;
}

}  // namespace
}  // namespace batchproof
