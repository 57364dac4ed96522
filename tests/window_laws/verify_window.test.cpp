#include <gmock/gmock.h>

#include <algorithm>
#include <batchproof/async_windows.hpp>
#include <batchproof/window_laws.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <future>
#include <limits>
#include <map>
#include <random>
#include <set>
#include <stdexcept>
#include <string>
#include <thread>
#include <unordered_set>

#include "../scratch_path.hpp"

namespace batchproof {
namespace {

using properties::Report;
using ::testing::HasSubstr;

struct Totals {
  int orders = 0;
  double turnover = 0;
  friend bool operator==(const Totals&, const Totals&) = default;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(Totals, orders, turnover)

double price_in(const KinesisStreamRecord& record) {
  return nlohmann::json::parse(record.data()).at("price").get<double>();
}

void add_order(Totals& totals, const KinesisStreamRecord& record) {
  totals.turnover += price_in(record);
  totals.orders += 1;
}

const auto no_finish = [](const auto&, const Window&) {};

const BatchProcessor<KinesisStreamRecord> processor;

const VerifyHandlerOptions contract{.accepted = {R"({"price": 2})", R"({"price": 7.5})"},
                                    .rejected = {"{}", "not json"},
                                    .cases = 100,
                                    .seed = 7,
                                    .small_cases_budget = std::chrono::milliseconds(0)};

template <class State, class Fold, class Finish>
Report verify_here(Fold fold, Finish finish, const VerifyHandlerOptions& options = contract) {
  return verify_window<State>(fold, finish, processor, options);
}

/// Expects that the law `window` is violated, and says this.
void expect_wrong_state(const Report& report, const std::string& text) {
  EXPECT_EQ(report.broken_law(), "window") << report.text();
  EXPECT_THAT(report.text(), HasSubstr(text));
}

TEST(VerifyWindow, PassesRightFunctions) {
  const Report report = verify_here<Totals>(add_order, no_finish);
  EXPECT_TRUE(report.passed()) << report.text();
  const auto is_of_states = [](const properties::LawResult& law) { return law.id == "window"; };
  EXPECT_EQ(std::count_if(report.laws().begin(), report.laws().end(), is_of_states), 1);
  EXPECT_GT(std::find_if(report.laws().begin(), report.laws().end(), is_of_states)->cases, 50);
}

TEST(VerifyWindow, PassesRightFunctionsOfDynamoDb) {
  const auto fold = [](Totals& totals, const DynamoDbRecord& record) {
    totals.orders += 1;
    if (record.new_image()) totals.turnover += record.new_image()->at("price").as_number().to_double();
  };
  const Report report = verify_window<Totals>(
      fold, no_finish, BatchProcessor<DynamoDbRecord>(),
      {.accepted = {R"({"price": {"N": "2"}})"}, .rejected = {R"({"prize": {"N": "2"}})"}, .cases = 100});
  EXPECT_TRUE(report.passed()) << report.text();
}

boost::asio::awaitable<void> add_order_later(Totals& totals, const KinesisStreamRecord& record) {
  co_await boost::asio::post(co_await boost::asio::this_coro::executor, boost::asio::use_awaitable);
  add_order(totals, record);
}

TEST(VerifyWindow, TakesCoroutines) {
  const auto finish = [](const Totals&, const Window&) -> boost::asio::awaitable<void> { co_return; };
  const AsyncBatchProcessor<KinesisStreamRecord> coroutines;
  const Report right = verify_window<Totals>(add_order_later, finish, coroutines, contract);
  EXPECT_TRUE(right.passed()) << right.text();
  const auto accepts_all = [](Totals& totals, const KinesisStreamRecord&) -> boost::asio::awaitable<void> {
    totals.orders += 1;
    co_return;
  };
  EXPECT_EQ(verify_window<Totals>(accepts_all, finish, coroutines, contract).broken_law(), "verdict");
}

/// A member that the JSON of the state lacks.
template <bool has_equality>
struct Forgetful {
  int orders = 0;
  double turnover = 0;
  double average = 0;
};
template <bool has_equality>
void to_json(nlohmann::json& json, const Forgetful<has_equality>& state) {
  json = {{"orders", state.orders}, {"average", state.average}};
}
template <bool has_equality>
void from_json(const nlohmann::json& json, Forgetful<has_equality>& state) {
  state.orders = json.value("orders", 0);
  state.average = json.value("average", 0.0);
}
bool operator==(const Forgetful<true>& left, const Forgetful<true>& right) {
  return left.orders == right.orders && left.turnover == right.turnover && left.average == right.average;
}

TEST(VerifyWindow, FindsAMemberThatTheJsonLacks) {
  const auto fold = [](auto& state, const KinesisStreamRecord& record) {
    state.turnover += price_in(record);
    state.orders += 1;
    state.average = state.turnover / state.orders;
  };
  const auto of = [&]<class State>(State) {
    return verify_here<State>([&](State& state, const KinesisStreamRecord& record) { fold(state, record); },
                              no_finish);
  };
  expect_wrong_state(of(Forgetful<true>()), "is not equal (operator==) to the one that was written");
  expect_wrong_state(of(Forgetful<false>()), R"(invocations give {"average":1.0,"orders":2})");
}

/// A state whose JSON it cannot read.
struct Unreadable {
  int orders = 0;
};
void to_json(nlohmann::json& json, const Unreadable& state) { json = {{"number", state.orders}}; }
void from_json(const nlohmann::json& json, Unreadable& state) { json.at("orders").get_to(state.orders); }

TEST(VerifyWindow, FindsAStateThatCannotBeReadAgain) {
  const auto fold = [](Unreadable& state, const KinesisStreamRecord& record) {
    static_cast<void>(price_in(record));
    state.orders += 1;
  };
  expect_wrong_state(verify_here<Unreadable>(fold, no_finish), R"(the state {"number":1}, fails: )");
}

TEST(VerifyWindow, FindsATotalInMemory) {
  static Totals kept;
  const auto fold = [](Totals& totals, const KinesisStreamRecord& record) {
    add_order(kept, record);
    totals = kept;
  };
  expect_wrong_state(verify_here<Totals>(fold, no_finish), "keeps something of them");
}

TEST(VerifyWindow, FindsIdentifiersInMemoryUnlessTheyAreReset) {
  static std::set<std::string> counted;
  const auto fold = [](Totals& totals, const KinesisStreamRecord& record) {
    Totals next = totals;
    add_order(next, record);
    if (counted.emplace(record.sequence_number()).second) totals = next;
  };
  expect_wrong_state(verify_here<Totals>(fold, no_finish), "keeps something of them");
  VerifyHandlerOptions options = contract;
  options.before_each = [] { counted.clear(); };
  const Report report = verify_here<Totals>(fold, no_finish, options);
  EXPECT_TRUE(report.passed()) << report.text();
}

/// Used only in larger batches.
TEST(VerifyWindow, FindsMemoryThatTheFourthOrderShows) {
  static std::set<std::string> counted;
  const auto fold = [](Totals& totals, const KinesisStreamRecord& record) {
    const bool is_new = counted.emplace(record.sequence_number()).second;
    Totals next = totals;
    add_order(next, record);
    if (is_new || next.orders < 4) totals = next;
  };
  expect_wrong_state(verify_here<Totals>(fold, no_finish), "keeps something of them");
}

TEST(VerifyWindow, SaysThatMemoryIsNotJudgedWhereThreadsRun) {
  static int kept = 0;
  const auto fold = [](Totals& totals, const KinesisStreamRecord& record) {
    add_order(totals, record);
    totals.orders = ++kept;
  };
  std::promise<void> is_over;
  std::thread other([over = is_over.get_future()] { over.wait(); });
  const Report report = verify_here<Totals>(fold, no_finish);
  is_over.set_value();
  other.join();
  EXPECT_THAT(report.text(), HasSubstr("it was not judged whether the fold and the finish keep something"));
}

TEST(VerifyWindow, AccusesNoStateWithTheIdOfTheRequest) {
  const auto fold = [](nlohmann::json& state, const KinesisStreamRecord& record,
                       const LambdaContext& context) {
    const double turnover = state.is_null() ? 0 : state.value("turnover", 0.0);
    state = {{"turnover", turnover + price_in(record)}, {"request", context.request_id}};
  };
  const Report report = verify_here<nlohmann::json>(fold, no_finish);
  EXPECT_TRUE(report.passed()) << report.text();
}

TEST(VerifyWindow, LeavesAnEngineToBeSeededBeforeEachEvent) {
  static std::mt19937 engine;
  const auto fold = [](nlohmann::json& state, const KinesisStreamRecord& record) {
    const double turnover = state.is_null() ? 0 : state.value("turnover", 0.0);
    state = {{"turnover", turnover + price_in(record)}, {"sample", engine() % 1'000'000}};
  };
  expect_wrong_state(verify_here<nlohmann::json>(fold, no_finish), "is seeded in .before_each");
}

/// Elements without an operator==, though the map has one.
struct Price {
  double highest = 0;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(Price, highest)

TEST(VerifyWindow, TakesAMapForAState) {
  using State = std::map<std::string, Price>;
  const auto fold = [](State& state, const KinesisStreamRecord& record) {
    double& highest = state[std::string(record.partition_key())].highest;
    highest = std::max(highest, price_in(record));
  };
  const Report report = verify_here<State>(fold, no_finish);
  EXPECT_TRUE(report.passed()) << report.text();
}

TEST(VerifyWindow, RefusesAProcessorOfSeveralRecordsAtATime) {
  const BatchProcessor<KinesisStreamRecord> on_threads({.max_concurrency = 4});
  EXPECT_THROW((void)verify_window<Totals>(add_order, no_finish, on_threads, contract),
               std::invalid_argument);
}

TEST(VerifyWindow, SavesACaseAndJudgesItFirst) {
  VerifyHandlerOptions options = contract;
  options.regressions = scratch_path("window");
  const auto finish = [](const Totals& totals, const Window&) {
    if (totals.orders > 1) throw std::runtime_error("too many orders");
  };
  EXPECT_EQ(verify_here<Totals>(add_order, finish, options).broken_law(), "window");
  EXPECT_THAT(verify_here<Totals>(add_order, finish, options).text(), HasSubstr("found in the saved case"));
  const Report mended = verify_here<Totals>(add_order, no_finish, options);
  EXPECT_TRUE(mended.passed()) << mended.text();
  EXPECT_EQ(mended.saved_cases(), 1);
}

TEST(VerifyWindow, FindsAFinishThatFails) {
  const auto finish = [](const Totals& totals, const Window&) {
    if (totals.orders > 3) throw std::runtime_error("too many orders");
  };
  expect_wrong_state(verify_here<Totals>(add_order, finish), "fails: too many orders");
}

TEST(VerifyWindow, FindsAStateThatJsonCannotHold) {
  const auto fold = [](Totals& totals, const KinesisStreamRecord& record) {
    add_order(totals, record);
    totals.turnover = std::numeric_limits<double>::infinity();
  };
  expect_wrong_state(verify_here<Totals>(fold, no_finish), "has an infinite number, or NaN, at /turnover");
}

/// A state with the time, in this many parts of a second.
void expect_that_a_time_is_right(std::int64_t parts_of_a_second) {
  const auto fold = [&](nlohmann::json& state, const KinesisStreamRecord& record) {
    const double turnover = state.is_null() ? 0 : state.value("turnover", 0.0);
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    constexpr std::int64_t second = std::chrono::nanoseconds(std::chrono::seconds(1)).count();
    state = {{"turnover", turnover + price_in(record)},
             {"at", std::chrono::nanoseconds(now).count() / (second / parts_of_a_second)}};
  };
  const Report report = verify_here<nlohmann::json>(fold, no_finish);
  EXPECT_TRUE(report.passed()) << report.text();
}

TEST(VerifyWindow, AccusesNoStateWithATime) {
  for (const std::int64_t parts : {1, 20, 1'000, 1'000'000, 1'000'000'000})
    expect_that_a_time_is_right(parts);
}

/// A set in the order in which it happens to be.
struct Customers {
  std::unordered_set<std::string> keys;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(Customers, keys)

TEST(VerifyWindow, AccusesNoSetInAnotherOrder) {
  const auto fold = [](Customers& customers, const KinesisStreamRecord& record) {
    static_cast<void>(price_in(record));
    customers.keys.emplace(record.sequence_number());
  };
  const Report report = verify_here<Customers>(fold, no_finish);
  EXPECT_TRUE(report.passed()) << report.text();
}

TEST(VerifyWindow, AddsTheFieldsOfRecords) {
  const auto fold = [](Totals& totals, const KinesisStreamRecord& record) {
    if (record.partition_key() != "customer") throw std::invalid_argument("another key");
    add_order(totals, record);
  };
  VerifyHandlerOptions options = contract;
  options.record_fields = R"({"kinesis": {"partitionKey": "customer"}})";
  const Report report = verify_here<Totals>(fold, no_finish, options);
  EXPECT_TRUE(report.passed()) << report.text();
  EXPECT_EQ(verify_here<Totals>(fold, no_finish).broken_law(), "verdict");
}

}  // namespace
}  // namespace batchproof
