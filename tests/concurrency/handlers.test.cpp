#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <batchproof/async.hpp>
#include <batchproof/concurrency.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "wait_forever.hpp"

namespace batchproof {
namespace {

using ::testing::AnyOf;
using ::testing::HasSubstr;

boost::asio::awaitable<void> handle_order(const SqsRecord& record) {
  if (record.body() != "good") throw std::invalid_argument("no order");
  co_return;
}

boost::asio::awaitable<void> accept_anything(const SqsRecord&) { co_return; }

TEST(VerifyHandlerThroughOnesOwn, TakesAProcessorOfCoroutineHandlers) {
  const AsyncBatchProcessor<SqsRecord> processor({.max_concurrency = 3});
  const VerifyHandlerOptions orders{.accepted = {"good"}, .rejected = {"bad"}, .cases = 30, .seed = 7};
  EXPECT_TRUE(verify_handler<SqsRecord>(handle_order, processor, orders));
  EXPECT_EQ(verify_handler<SqsRecord>(accept_anything, processor, orders).broken_law(), "verdict");
}

/// Reserves items out of a stock that all orders share.
struct Stock {
  int reserved = 0;
  bool looks_before_it_waits = false;

  boost::asio::awaitable<void> reserve(const SqsRecord& record) {
    if (record.body() != "good") throw std::invalid_argument("no order");
    const int before = reserved;
    boost::asio::steady_timer answer(co_await boost::asio::this_coro::executor,
                                     std::chrono::microseconds(200));
    co_await answer.async_wait(boost::asio::use_awaitable);  // for a service
    reserved = (looks_before_it_waits ? before : reserved) + 1;
  }

  properties::Report verify() {
    return verify_concurrency<SqsRecord>([this](const SqsRecord& record) { return reserve(record); },
                                         {.accepted = {"good"},
                                          .rejected = {"bad"},
                                          .max_concurrency = 3,
                                          .schedules = 50,
                                          .seed = 7,
                                          .before_each = [this] { reserved = 0; },
                                          .check = [this](const properties::Observation& run) -> std::string {
                                            const auto done = std::count_if(
                                                run.calls.begin(), run.calls.end(),
                                                [](const RecordProbe::Call& call) { return !call.threw; });
                                            return reserved == done ? "" : "items were sold twice";
                                          }});
  }
};

TEST(VerifyConcurrencyOfAHandler, FindsARaceOfItsCoroutines) {
  EXPECT_TRUE(Stock().verify());
  Stock racy{.looks_before_it_waits = true};
  const auto report = racy.verify();
  EXPECT_EQ(report.broken_law(), "own-check") << report;
  EXPECT_EQ(report.counterexample().size(), 2U);
  EXPECT_THAT(report.text(), HasSubstr("items were sold twice"));
}

/// The check knows the one payload that was listed, and no near miss of it.
TEST(VerifyConcurrencyOfAHandler, ChecksNoBatchWithNearMisses) {
  const std::string order = R"({"quantity": 2})";
  std::size_t booked = 0;
  const auto book = [&](const SqsRecord& record) -> boost::asio::awaitable<void> {
    if (record.body() == "bad") throw std::invalid_argument("no order");
    booked += record.body().size();
    co_return;
  };
  const auto report = verify_concurrency<SqsRecord>(
      book, {.accepted = {order},
             .rejected = {"bad"},
             .schedules = 50,
             .seed = 7,
             .before_each = [&] { booked = 0; },
             .check = [&](const properties::Observation& run) -> std::string {
               const auto done = std::count_if(run.calls.begin(), run.calls.end(),
                                               [](const RecordProbe::Call& call) { return !call.threw; });
               return booked == order.size() * static_cast<std::size_t>(done) ? "" : "another size is booked";
             }});
  EXPECT_TRUE(report) << report;
  const auto& kinds = report.distribution().kinds;
  EXPECT_GT(kinds[static_cast<std::size_t>(properties::CaseKind::near_miss)], 0U);
}

TEST(VerifyConcurrencyOfAHandler, ProvesNothingOfACoroutineWithoutPayloads) {
  const auto report = verify_concurrency<SqsRecord>(handle_order, {.schedules = 20, .seed = 7});
  EXPECT_EQ(report.broken_law(), "");
  EXPECT_FALSE(report.passed());
  EXPECT_THAT(report.text(), HasSubstr("no payloads were given"));
}

TEST(VerifyConcurrencyOfAHandler, NotesWhatACoroutineCouldStillDo) {
  const auto report = verify_concurrency<SqsRecord>(
      accept_anything, {.accepted = {"good"}, .schedules = 20, .seed = 7, .near_misses = false});
  EXPECT_THAT(report.text(), HasSubstr("nothing was rejected"));
}

TEST(VerifyConcurrencyOfAHandler, RefusesContradictionsOfACoroutine) {
  const auto verify = [] {
    (void)verify_concurrency<SqsRecord>(handle_order, {.accepted = {"good"}, .rejected = {"good"}});
  };
  EXPECT_THROW(verify(), std::invalid_argument);
}

TEST(VerifyConcurrencyOfAHandler, RefusesALimitOfZero) {
  const auto verify = [] {
    (void)verify_concurrency<SqsRecord>(handle_order, {.accepted = {"good"}, .max_concurrency = 0});
  };
  EXPECT_THROW(verify(), std::invalid_argument);
}

TEST(VerifyConcurrencyOfAHandler, WaitsForWhatItAwaits) {
  const auto wait = [](const SqsRecord&) -> boost::asio::awaitable<void> {
    boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor, std::chrono::milliseconds(1));
    co_await timer.async_wait(boost::asio::use_awaitable);
  };
  EXPECT_TRUE(verify_concurrency<SqsRecord>(wait, {.accepted = {"a"}, .schedules = 10, .seed = 7}));
}

TEST(VerifyConcurrencyOfAHandler, WaitsForOneThatEndsOnAnotherThread) {
  boost::asio::thread_pool pool(4);
  const auto handle = [&pool](const SqsRecord& record) -> boost::asio::awaitable<void> {
    co_await boost::asio::post(boost::asio::bind_executor(pool, boost::asio::use_awaitable));
    if (record.body() != "good") throw std::invalid_argument("no order");
  };
  const auto report = verify_concurrency<SqsRecord>(
      handle, {.accepted = {"good"}, .rejected = {"bad"}, .schedules = 1'000, .seed = 7});
  EXPECT_TRUE(report) << report;
}

TEST(VerifyConcurrencyOfAHandler, JudgesItsVerdicts) {
  const VerifyHandlerConcurrencyOptions orders{
      .accepted = {"good"}, .rejected = {"bad"}, .schedules = 30, .seed = 7};
  EXPECT_TRUE(verify_concurrency<SqsRecord>(handle_order, orders));
  EXPECT_EQ(verify_concurrency<SqsRecord>(accept_anything, orders).broken_law(), "verdict");
}

/// A null is read as the last quantity that any handler read.
struct SharedOrder {
  std::string last = "0";

  boost::asio::awaitable<void> read(const SqsRecord& record) {
    const auto order = nlohmann::json::parse(record.body());
    if (!order.at("quantity").is_null()) last = order["quantity"].dump();
    if (last.front() < '1' || last.front() > '9') throw std::invalid_argument("quantity must be at least 1");
    co_return;
  }
};

const fixtures::PayloadList good_orders{R"({"quantity": 2})"};
const fixtures::PayloadList bad_orders{R"({"quantity": 0})", "not json"};

/// Remembers its verdict on each first field.
struct RememberedVerdicts {
  std::map<std::string, bool> by_name;

  boost::asio::awaitable<void> read(const SqsRecord& record) {
    const std::string body(record.body());
    const auto [verdict, is_new] =
        by_name.try_emplace(body.substr(0, body.find(';')), body == "order;2" || body == "order;3");
    if (!verdict->second) throw std::invalid_argument("no order");
    co_return;
  }
};

TEST(NearMissesOfCoroutines, ComeFirstInANewProcess) {
  RememberedVerdicts remembered;
  const auto read = [&](const SqsRecord& record) { return remembered.read(record); };
  const auto report = verify_concurrency<SqsRecord>(
      read, {.accepted = {"order;2", "order;3"}, .rejected = {"no order"}, .schedules = 100, .seed = 7});
  EXPECT_EQ(report.broken_law(), "verdict") << report;
  EXPECT_THAT(report.found_in(), HasSubstr("near miss in a new process"));
  EXPECT_THAT(report.counterexample().batch_case.pattern(), AnyOf("o?", "?o")) << report;
  EXPECT_TRUE(report.counterexample().observation.timeline);  // whose schedule is the one that is shown
}

TEST(NearMissesOfCoroutines, ShowWhatNoExampleShows) {
  SharedOrder shared;
  const auto read = [&](const SqsRecord& record) { return shared.read(record); };
  const auto before_each = [&] { shared = {}; };
  const auto together = verify_concurrency<SqsRecord>(read, {.accepted = good_orders,
                                                             .rejected = bad_orders,
                                                             .schedules = 100,
                                                             .seed = 7,
                                                             .before_each = before_each});
  EXPECT_EQ(together.broken_law(), "as-sequential") << together;
  EXPECT_THAT(together.found_in(), HasSubstr("near miss"));
  EXPECT_EQ(together.counterexample().size(), 2U) << together;
  const AsyncBatchProcessor<SqsRecord> processor({.max_concurrency = 3});
  const auto through_ones_own = verify_handler<SqsRecord>(
      read, processor,
      {.accepted = good_orders, .rejected = bad_orders, .cases = 100, .seed = 7, .before_each = before_each});
  // Beside another order the null fails, and delivered again it succeeds: the draws decide what comes first.
  EXPECT_THAT(through_ones_own.broken_law(), AnyOf("independent", "repeatable")) << through_ones_own;
  EXPECT_THAT(through_ones_own.found_in(), HasSubstr("near miss"));
}

TEST(NearMissesOfCoroutines, AccuseNoHandlerThatTreatsEachPayloadAlike) {
  const auto strange = [](const SqsRecord& record) -> boost::asio::awaitable<void> {
    const std::string body(record.body());
    if (body == R"({"quantity": 2})") co_return;
    std::size_t sum = 0;
    for (const char byte : body) sum += static_cast<unsigned char>(byte);
    if (sum % 2 == 0) throw std::runtime_error("even");
  };
  for (const bool fifo : {false, true}) {
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
      const auto report = verify_concurrency<SqsRecord>(
          strange, {.accepted = good_orders, .fifo = fifo, .schedules = 50, .seed = seed});
      ASSERT_TRUE(report) << report;
      EXPECT_EQ(report.distribution().kinds[static_cast<std::size_t>(properties::CaseKind::near_miss)], 50U);
    }
  }
}

TEST(NearMissesOfCoroutines, GetTheVerdictOfClassify) {
  const auto take_null = [](const SqsRecord& record) -> boost::asio::awaitable<void> {
    const auto quantity = nlohmann::json::parse(record.body()).at("quantity");
    if (!quantity.is_null() && !(quantity.is_number() && quantity >= 1))
      throw std::invalid_argument("no order");
    co_return;
  };
  VerifyHandlerConcurrencyOptions options{
      .accepted = good_orders, .rejected = bad_orders, .schedules = 100, .seed = 7};
  EXPECT_TRUE(verify_concurrency<SqsRecord>(take_null, options));
  options.classify = [](std::string_view payload) {
    const auto order = nlohmann::json::parse(payload, nullptr, false);
    const bool is_good = order.is_object() && order.contains("quantity") && order["quantity"].is_number() &&
                         order["quantity"] >= 1;
    return is_good ? Verdict::accepted : Verdict::rejected;
  };
  EXPECT_EQ(verify_concurrency<SqsRecord>(take_null, options).broken_law(), "verdict");
}

TEST(VerifyConcurrencyOfAHandler, RunsMessageGroupsTogether) {
  EXPECT_TRUE(verify_concurrency<SqsRecord>(
      handle_order, {.accepted = {"good"}, .rejected = {"bad"}, .fifo = true, .schedules = 30, .seed = 7}));
}

/// Judges no small batches for as long as it lives: on threads they take all the time that they get, 2 s, and
/// show nothing more of a handler that the test has chosen.
class WithoutSmallCases {
 public:
  WithoutSmallCases() {
    if (const char* const set = std::getenv(name)) before_ = set;
    setenv(name, "0", 1);
  }
  ~WithoutSmallCases() {
    if (before_) setenv(name, before_->c_str(), 1);
    if (!before_) unsetenv(name);
  }
  WithoutSmallCases(const WithoutSmallCases&) = delete;
  WithoutSmallCases& operator=(const WithoutSmallCases&) = delete;

 private:
  static constexpr const char* name = "BATCHPROOF_SMALL_CASES_MILLISECONDS";
  std::optional<std::string> before_;
};

TEST(VerifyConcurrencyOfAHandler, GetsTheFieldsBesideThePayload) {
  const WithoutSmallCases without_small_cases;
  VerifyHandlerConcurrencyOptions options{
      .accepted = {"good"},
      .rejected = {"bad"},
      .schedules = 20,
      .seed = 7,
      .record_fields = R"({"messageAttributes": {"kind": {"dataType": "String", "stringValue": "order"}}})"};
  const auto check = [](const SqsRecord& record) {
    if (!record.message_attribute("kind") || record.body() != "good") throw std::invalid_argument("no order");
  };
  const auto wait = [check](const SqsRecord& record) -> boost::asio::awaitable<void> {
    check(record);
    co_return;
  };
  EXPECT_TRUE(verify_concurrency<SqsRecord>(check, options));
  EXPECT_TRUE(verify_concurrency<SqsRecord>(wait, options));
  options.record_fields = R"({"messageId": "1"})";
  EXPECT_THROW((void)verify_concurrency<SqsRecord>(wait, options), std::invalid_argument);
}

TEST(VerifyConcurrencyOfAHandler, TellsShardsWithOtherFieldsApart) {
  const WithoutSmallCases without_small_cases;
  setenv("BATCHPROOF_SHARD", "1/4", 1);
  const auto draws_with = [](const char* fields) {
    const auto take = [](const SqsRecord&) -> boost::asio::awaitable<void> { co_return; };
    return verify_concurrency<SqsRecord>(
               take, {.accepted = {"good"}, .schedules = 20, .seed = 7, .record_fields = fields})
        .draws();
  };
  const std::string without_fields = draws_with("");
  EXPECT_NE(without_fields, "");
  EXPECT_EQ(draws_with(""), without_fields);
  EXPECT_NE(draws_with(R"({"awsRegion": "eu-central-1"})"), without_fields);
  unsetenv("BATCHPROOF_SHARD");
}

TEST(VerifyConcurrencyOfAHandler, NamesOneThatWaitsForever) {
  const auto never = [](const SqsRecord&) { return wait_forever(); };
  const auto report = verify_concurrency<SqsRecord>(
      never, {.accepted = {"a"}, .schedules = 20, .seed = 7, .time_limit = std::chrono::milliseconds(2)});
  EXPECT_EQ(report.broken_law(), "comes-to-an-end");
  EXPECT_EQ(report.counterexample().size(), 1U);
}

TEST(VerifyConcurrencyOfAHandler, RunsPlainOnesOnThreads) {
  const WithoutSmallCases without_small_cases;
  std::atomic<int> running = 0;
  std::atomic<int> most = 0;
  const auto handle = [&](const SqsRecord& record) {
    const int now = ++running;
    for (int seen = most; now > seen && !most.compare_exchange_weak(seen, now);) {
    }
    std::this_thread::yield();
    --running;
    if (record.body() != "good") throw std::invalid_argument("no order");
  };
  EXPECT_TRUE(verify_concurrency<SqsRecord>(
      handle,
      {.accepted = {"good"}, .rejected = {"bad"}, .max_concurrency = 4, .schedules = 100, .seed = 7}));
  EXPECT_GT(most, 1);
  EXPECT_EQ(
      verify_concurrency<SqsRecord>([](const SqsRecord&) {},
                                    {.accepted = {"good"}, .rejected = {"bad"}, .schedules = 20, .seed = 7})
          .broken_law(),
      "verdict");
}

}  // namespace
}  // namespace batchproof
