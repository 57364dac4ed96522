#include <batchproof/windows.hpp>

#include <gmock/gmock.h>

#include <batchproof/async_windows.hpp>
#include <batchproof/batch.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <chrono>
#include <limits>
#include <map>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace batchproof {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

struct Totals {
  int records = 0;
  std::map<std::string, int> by_key;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Totals, records, by_key)

const BatchProcessor<KinesisStreamRecord> processor;

/// An event of a window with records of these data, such as "ox": `x` is refused by `count`.
std::string window_event(const std::string& data,
                         const std::string& more = R"("state":{},"isFinalInvokeForWindow":false)") {
  std::string event = R"({"Records":[)";
  for (std::size_t index = 0; index < data.size(); ++index) {
    event += (index == 0 ? "" : ",") + std::string(R"({"kinesis":{"partitionKey":"k)") + data[index] +
             R"(","sequenceNumber":")" + std::to_string(index + 1) +
             R"(","data":"eA=="},"eventSource":"aws:kinesis"})";
  }
  return event +
         R"(],"window":{"start":"2020-12-09T07:04:00Z","end":"2020-12-09T07:06:00Z"},)"
         R"("shardId":"shardId-000000000006","eventSourceARN":"arn:stream","isWindowTerminatedEarly":false,)" +
         more + "}";
}

void count(Totals& totals, const KinesisStreamRecord& record) {
  totals.records += 1;
  totals.by_key[std::string(record.partition_key())] += 1;
  if (record.partition_key() == "kx") throw std::invalid_argument("refused");
}

void no_finish(const Totals&, const Window&) {}

std::string process(const std::string& event) {
  return process_window<Totals>(event, count, no_finish, processor);
}

TEST(ProcessWindow, AnswersTheFoldOfAllRecordsBesideTheFailures) {
  EXPECT_EQ(process(window_event("ab")),
            R"({"state":{"by_key":{"ka":1,"kb":1},"records":2},"batchItemFailures":[]})");
}

TEST(ProcessWindow, GoesOnWithTheStateOfTheInvocationBefore) {
  EXPECT_EQ(process(window_event("a", R"("state":{"by_key":{"ka":5},"records":7})")),
            R"({"state":{"by_key":{"ka":6},"records":8},"batchItemFailures":[]})");
}

TEST(ProcessWindow, BeginsAnewWhereTheStateIsMissingNullOrEmpty) {
  for (const std::string more : {R"("other":1)", R"("state":null)", R"("state":{})"}) {
    EXPECT_THAT(process(window_event("a", more)), HasSubstr(R"("records":1})")) << more;
  }
}

TEST(ProcessWindow, AnswersTheStateBeforeTheFirstFailureAndAllRecordsFromIt) {
  EXPECT_EQ(process(window_event("axb")),
            R"({"state":{"by_key":{"ka":1},"records":1},"batchItemFailures":[{"itemIdentifier":"2"},)"
            R"({"itemIdentifier":"3"}]})");
}

TEST(ProcessWindow, AnswersWhenTheFirstRecordFails) {
  EXPECT_EQ(process(window_event("x", R"("state":{"by_key":{},"records":7})")),
            R"({"state":{"by_key":{},"records":7},"batchItemFailures":[{"itemIdentifier":"1"}]})");
}

TEST(ProcessWindow, TakesARecordOutAgainThatItsSuccessHookFails) {
  const BatchProcessor<KinesisStreamRecord> failing({.on_success = [](const KinesisStreamRecord& record) {
    if (record.sequence_number() == "2") throw std::runtime_error("no");
  }});
  EXPECT_EQ(process_window<Totals>(window_event("ab"), count, no_finish, failing),
            R"({"state":{"by_key":{"ka":1},"records":1},"batchItemFailures":[{"itemIdentifier":"2"}]})");
}

TEST(ProcessWindow, KeepsWhatWasFoldedBeforeTheDeadline) {
  auto now = std::chrono::system_clock::time_point();
  const BatchProcessor<KinesisStreamRecord> in_time(
      {.reserve = std::chrono::seconds(1), .clock = [&] { return now; }});
  const auto slow = [&](Totals& totals, const KinesisStreamRecord& record) {
    count(totals, record);
    if (record.partition_key() == "kb") now += std::chrono::minutes(1);
  };
  const LambdaContext context{.deadline = now + std::chrono::seconds(30)};
  EXPECT_EQ(
      process_window<Totals>(window_event("abc"), slow, no_finish, in_time, context),
      R"({"state":{"by_key":{"ka":1,"kb":1},"records":2},"batchItemFailures":[{"itemIdentifier":"3"}]})");
}

TEST(ProcessWindow, CountsNothingOfARecordThatIsSettled) {
  std::vector<std::string> settled;
  const BatchProcessor<KinesisStreamRecord> told(
      {.on_settled = [&](const KinesisStreamRecord& record, const Failure& reason) {
        settled.push_back(std::string(record.partition_key()) + " " + reason.cause);
      }});
  const auto drop = [](Totals& totals, const KinesisStreamRecord& record) {
    totals.records += 100;
    if (record.partition_key() == "kx") throw Drop("obsolete");
    totals.records -= 100;
    count(totals, record);
  };
  for (const auto& [data, state] :
       std::vector<std::pair<std::string, std::string>>{{"axb", R"({"by_key":{"ka":1,"kb":1},"records":2})"},
                                                        {"ax", R"({"by_key":{"ka":1},"records":1})"},
                                                        {"x", R"({"by_key":{},"records":0})"},
                                                        {"xx", R"({"by_key":{},"records":0})"}}) {
    EXPECT_EQ(process_window<Totals>(window_event(data), drop, no_finish, told),
              R"({"state":)" + state + R"(,"batchItemFailures":[]})");
  }
  EXPECT_THAT(settled,
              ElementsAre("kx obsolete", "kx obsolete", "kx obsolete", "kx obsolete", "kx obsolete"));
}

TEST(ProcessWindow, FinishesInTheLastInvocationWithAllThatWasFolded) {
  std::vector<int> finished;
  const auto finish = [&](const Totals& totals, const Window& window) {
    finished.push_back(totals.records);
    EXPECT_EQ(window.shard_id, "shardId-000000000006");
    EXPECT_EQ(window.event_source_arn, "arn:stream");
    EXPECT_EQ(window.end - window.start, std::chrono::minutes(2));
    EXPECT_EQ(window.start.time_since_epoch(), std::chrono::seconds(1607497440));
    EXPECT_TRUE(window.is_final);
  };
  const std::string last = R"("state":{"by_key":{},"records":7},"isFinalInvokeForWindow":true)";
  EXPECT_THAT(process_window<Totals>(window_event("a", last), count, finish, processor),
              HasSubstr(R"("records":8)"));
  static_cast<void>(process_window<Totals>(window_event("", last), count, finish, processor));
  EXPECT_THAT(finished, ElementsAre(8, 7));
}

TEST(ProcessWindow, FinishesAWindowThatEndsEarly) {
  int finished = 0;
  const auto finish = [&](const Totals&, const Window& window) {
    finished += window.is_terminated_early ? 1 : 0;
  };
  std::string event = window_event("a");
  event.replace(event.find("Early\":false"), 12, "Early\":true");
  static_cast<void>(process_window<Totals>(event, count, finish, processor));
  EXPECT_EQ(finished, 1);
}

TEST(ProcessWindow, DoesNotFinishWhileARecordFailsOrTheWindowGoesOn) {
  int finished = 0;
  const auto finish = [&](const Totals&, const Window&) { ++finished; };
  static_cast<void>(process_window<Totals>(window_event("x", R"("isFinalInvokeForWindow":true)"), count,
                                           finish, processor));
  static_cast<void>(process_window<Totals>(window_event("a"), count, finish, processor));
  EXPECT_EQ(finished, 0);
}

TEST(ProcessWindow, FailsTheInvocationWhenFinishFails) {
  const auto finish = [](const Totals&, const Window&) { throw std::runtime_error("no database"); };
  EXPECT_THROW((void)process_window<Totals>(window_event("a", R"("isFinalInvokeForWindow":true)"), count,
                                            finish, processor),
               std::runtime_error);
}

TEST(ProcessWindow, TakesATextForTheState) {
  const auto fold = [](std::string& state, const KinesisStreamRecord&) {
    state = state.empty() ? R"({"n":1})" : R"({"n":2})";
  };
  const auto finish = [](const std::string&, const Window&) {};
  EXPECT_EQ(process_window<std::string>(window_event("a"), fold, finish, processor),
            R"({"state":{"n":1},"batchItemFailures":[]})");
  EXPECT_EQ(process_window<std::string>(window_event("a", R"("state":{"n":1})"), fold, finish, processor),
            R"({"state":{"n":2},"batchItemFailures":[]})");
  EXPECT_EQ(process_window<std::string>(window_event(""), fold, finish, processor),
            R"({"state":{},"batchItemFailures":[]})");
  const auto broken = [](std::string& state, const KinesisStreamRecord&) { state = "[1]"; };
  EXPECT_THROW((void)process_window<std::string>(window_event("a"), broken, finish, processor),
               WindowStateError);
}

TEST(ProcessWindow, RefusesAStateThatLambdaWouldEndTheWindowFor) {
  const auto grow = [](std::map<std::string, std::string>& state, const KinesisStreamRecord&) {
    state["text"] = std::string(largest_window_state_bytes - 10, 'x');
  };
  const auto finish = [](const auto&, const Window&) {};
  try {
    static_cast<void>(
        process_window<std::map<std::string, std::string>>(window_event("a"), grow, finish, processor));
    ADD_FAILURE();
  } catch (const WindowStateError& error) {
    EXPECT_THAT(error.what(), HasSubstr("has 1048577 bytes of JSON; above 1048576"));
  }
}

TEST(ProcessWindow, RefusesAStateThatIsNoObjectOrNoText) {
  const auto finish = [](const auto&, const Window&) {};
  const auto add = [](int& state, const KinesisStreamRecord&) { ++state; };
  EXPECT_THROW((void)process_window<int>(window_event("a"), add, finish, processor), WindowStateError);
  const auto garble = [](std::map<std::string, std::string>& state, const KinesisStreamRecord&) {
    state["a"] = "\xFF";
  };
  EXPECT_THROW(((void)process_window<std::map<std::string, std::string>>(window_event("a"), garble, finish,
                                                                         processor)),
               WindowStateError);
}

TEST(ProcessWindow, NamesAWrongStateByWholeCharacters) {
  const auto add = [](std::string& state, const KinesisStreamRecord&) {
    state = '"' + std::string(38, 'x') + "\u00E9\"";
  };
  try {
    static_cast<void>(process_window<std::string>(
        window_event("a"), add, [](const auto&, const Window&) {}, processor));
    ADD_FAILURE();
  } catch (const WindowStateError& error) {
    EXPECT_TRUE(std::string(error.what()).ends_with("xxx")) << error.what();
  }
}

TEST(ProcessWindow, RefusesAStateWithANullByte) {
  const auto add = [](std::string& state, const KinesisStreamRecord&) {
    state = std::string("{\"a\":1}\0junk", 12);
  };
  EXPECT_THROW((void)process_window<std::string>(
                   window_event("a"), add, [](const auto&, const Window&) {}, processor),
               WindowStateError);
}

struct Cheapest {
  double price = std::numeric_limits<double>::infinity();
  int orders = 0;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Cheapest, price, orders)

TEST(ProcessWindow, RefusesAnInfiniteNumberThatTheNextInvocationCouldNotRead) {
  const auto count = [](Cheapest& state, const KinesisStreamRecord&) { ++state.orders; };
  const auto finish = [](const Cheapest&, const Window&) {};
  try {
    static_cast<void>(process_window<Cheapest>(window_event("a"), count, finish, processor));
    ADD_FAILURE();
  } catch (const WindowStateError& error) {
    EXPECT_THAT(error.what(), HasSubstr("an infinite number, or NaN, at /price, which JSON cannot hold"));
  }
}

/// Reads null as the infinite start that it was.
struct Minimum {
  double price = std::numeric_limits<double>::infinity();
};

void to_json(nlohmann::json& json, const Minimum& minimum) { json = {{"price", minimum.price}}; }
void from_json(const nlohmann::json& json, Minimum& minimum) {
  if (!json.at("price").is_null()) json.at("price").get_to(minimum.price);
}

TEST(ProcessWindow, TakesAnInfiniteNumberThatItsTypeReadsAgain) {
  const auto ignore = [](Minimum&, const KinesisStreamRecord&) {};
  const auto finish = [](const Minimum&, const Window&) {};
  EXPECT_EQ(process_window<Minimum>(window_event("a"), ignore, finish, processor),
            R"({"state":{"price":null},"batchItemFailures":[]})");
}

struct Tally {
  int orders = 0;
  void add(const KinesisStreamRecord&) { ++orders; }
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Tally, orders)

TEST(ProcessWindow, TakesAMemberFunctionForAFold) {
  const auto finish = [](const Tally&, const Window&) {};
  EXPECT_EQ(process_window<Tally>(window_event("a"), &Tally::add, finish, processor),
            R"({"state":{"orders":1},"batchItemFailures":[]})");
}

std::string refused_at(const std::string& event) {
  try {
    process(event);
  } catch (const EventError& error) {
    return error.json_pointer();
  }
  return "accepted";
}

TEST(ProcessWindow, RefusesWhatIsNoEventOfAWindow) {
  EXPECT_EQ(refused_at(R"({"Records":[]})"), "/window");
  EXPECT_EQ(refused_at(R"({"Records":[],"window":7})"), "/window");
  EXPECT_EQ(refused_at(R"({"Records":[],"window":{"start":"2020-12-09T07:04:00Z"}})"), "/window/end");
  for (const std::string time : {"2020-13-09T07:04:00Z", "2020-12-09 07:04:00Z", "2020-12-09T07:04:00",
                                 "9999-12-31T00:00:00Z", "", "x"}) {
    EXPECT_EQ(
        refused_at(R"({"Records":[],"window":{"start":")" + time + R"(","end":"2020-12-09T07:04:00Z"}})"),
        "/window/start")
        << time;
  }
  EXPECT_EQ(refused_at(window_event("a", R"("state":[])")), "/state");
  EXPECT_EQ(refused_at(window_event("a", R"("state":"x")")), "/state");
  EXPECT_EQ(refused_at(window_event("a", R"("state":{"records":"x"})")), "/state");
  EXPECT_EQ(refused_at(window_event("a", R"("isFinalInvokeForWindow":"yes")")), "/isFinalInvokeForWindow");
}

TEST(ProcessWindow, RefusesSeveralRecordsAtOnce) {
  const BatchProcessor<KinesisStreamRecord> together({.max_concurrency = 8});
  EXPECT_THROW((void)process_window<Totals>(window_event("a"), count, no_finish, together),
               std::invalid_argument);
}

TEST(ProcessWindow, StaysRefusedWhereTheStateWouldBeLost) {
  EXPECT_THROW((void)process_partial_response(
                   window_event("a"), [](const KinesisStreamRecord&) {}, processor),
               EventError);
}

TEST(AsyncProcessWindow, FoldsAndFinishesByCoroutines) {
  std::vector<int> finished;
  const auto fold = [](Totals& totals, const KinesisStreamRecord& record) -> boost::asio::awaitable<void> {
    count(totals, record);
    co_return;
  };
  const auto finish = [&](const Totals& totals, const Window&) -> boost::asio::awaitable<void> {
    finished.push_back(totals.records);
    co_return;
  };
  const AsyncBatchProcessor<KinesisStreamRecord> coroutines;
  const std::string last = R"("isFinalInvokeForWindow":true)";
  EXPECT_EQ(async_process_window<Totals>(window_event("axb"), fold, finish, coroutines),
            process(window_event("axb")));
  EXPECT_THAT(finished, IsEmpty());
  EXPECT_EQ(async_process_window<Totals>(window_event("ab", last), fold, finish, coroutines),
            process(window_event("ab", last)));
  EXPECT_THAT(finished, ElementsAre(2));
}

/// On another thread the coroutine goes on there, until it is brought back.
boost::asio::awaitable<void> go_to(boost::asio::thread_pool& pool) {
  co_await boost::asio::post(boost::asio::bind_executor(pool, boost::asio::use_awaitable));
}

TEST(AsyncProcessWindow, FoldsAndFinishesOnTheCallingThreadWhereverACoroutineEnded) {
  boost::asio::thread_pool pool(2);
  const auto here = std::this_thread::get_id();
  std::vector<bool> begun_here;
  const auto fold = [&](Totals& totals, const KinesisStreamRecord& record) -> boost::asio::awaitable<void> {
    begun_here.push_back(std::this_thread::get_id() == here);
    co_await go_to(pool);
    count(totals, record);
  };
  const auto finish = [&](const Totals& totals, const Window&) -> boost::asio::awaitable<void> {
    begun_here.push_back(std::this_thread::get_id() == here);
    co_await go_to(pool);
    if (totals.records == 3) throw std::runtime_error("not finished");
  };
  const AsyncBatchProcessor<KinesisStreamRecord> coroutines;
  const std::string last = R"("isFinalInvokeForWindow":true)";
  EXPECT_EQ(async_process_window<Totals>(window_event("ab", last), fold, finish, coroutines),
            process(window_event("ab", last)));
  EXPECT_THAT(begun_here, ElementsAre(true, true, true));
  EXPECT_THROW((void)async_process_window<Totals>(window_event("abc", last), fold, finish, coroutines),
               std::runtime_error);
  EXPECT_EQ(async_process_window<Totals>(window_event("axb", last), fold, finish, coroutines),
            process(window_event("axb", last)));
}

TEST(AsyncProcessWindow, SendsDeadLettersOnTheExecutorOfTheProcessor) {
  boost::asio::thread_pool pool(1);
  std::thread::id sent_on;
  const QueueActions actions{
      .send_dead_letter = [&](const DeadLetterMessage&) { sent_on = std::this_thread::get_id(); }};
  const auto fold = [](Totals&, const KinesisStreamRecord&) -> boost::asio::awaitable<void> {
    throw DeadLetter("no such key");
    co_return;
  };
  const auto finish = [](const Totals&, const Window&) -> boost::asio::awaitable<void> { co_return; };
  const AsyncBatchProcessor<KinesisStreamRecord> coroutines({.actions = actions}, pool.get_executor());
  EXPECT_THAT(async_process_window<Totals>(window_event("a"), fold, finish, coroutines),
              HasSubstr(R"("batchItemFailures":[])"));
  EXPECT_NE(sent_on, std::thread::id());
  EXPECT_NE(sent_on, std::this_thread::get_id());
}

}  // namespace
}  // namespace batchproof
