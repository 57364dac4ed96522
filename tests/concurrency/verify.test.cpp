#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <batchproof/concurrency.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <cstdlib>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <random>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include <batchproof/async.hpp>

#include "broken_async_processors.hpp"

namespace batchproof {
namespace {

using ::testing::AnyOf;
using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

/// The processor under test, with the probe as its handler.
template <class Processor>
AsyncSubject subject_of(const Processor& processor) {
  return
      [&processor](std::string_view payload, ConcurrentProbe& probe) -> boost::asio::awaitable<std::string> {
        const auto event = decode<typename Processor::record_type>(payload);
        const auto batch = co_await processor.process(event, std::ref(probe));
        co_return batch.to_json();
      };
}

TEST(Turns, AreAwaitedHoweverOftenACoroutinePostsBefore) {
  Turns turns(1);
  const auto posts_often = [&]() -> boost::asio::awaitable<void> {
    const boost::asio::any_io_executor executor = co_await boost::asio::this_coro::executor;
    for (int posts = 0; posts < 1'000; ++posts)
      co_await boost::asio::post(executor, boost::asio::use_awaitable);
    co_await turns.turn();
  };
  EXPECT_TRUE(turns.run(posts_often()));
}

TEST(VerifyConcurrency, TakesAnIdentifierOfKafkaWithItsMembersInAnyOrder) {
  const AsyncSubject sorts_members = [](std::string_view payload,
                                        ConcurrentProbe& probe) -> boost::asio::awaitable<std::string> {
    const auto event = decode<KafkaRecord>(payload);
    nlohmann::json failures = nlohmann::json::array();
    bool has_failed = false;
    std::string partition;
    for (const KafkaRecord& record : event.records()) {
      const auto identifier =
          nlohmann::json::parse(record.item_identifier());  // its members in another order
      if (std::exchange(partition, identifier.at("partition")) != partition) has_failed = false;
      if (!has_failed) {
        try {
          co_await probe(identifier.dump());
        } catch (...) {
          has_failed = true;
        }
      }
      if (has_failed) failures.push_back({{"itemIdentifier", identifier}});
    }
    co_return nlohmann::json{{"batchItemFailures", failures}}.dump();
  };
  const auto report = verify_concurrency<KafkaRecord>(
      sorts_members,
      {.raise_on_entire_batch_failure = false, .schedules = 50, .seed = 7, .stop_on_first_failure = true});
  EXPECT_TRUE(report) << report;
}

/// Runs of right processors take nearly all of the time of these tests. The planted races are found within
/// far fewer, and `batchproof verify` runs 1,000. Nothing where the environment sets the number.
std::optional<int> few_schedules() {
  const bool is_set =
      std::getenv("BATCHPROOF_CASES") != nullptr || std::getenv("BATCHPROOF_PROFILE") != nullptr;
  return is_set ? std::nullopt : std::optional(100);
}

template <class Record>
void expect_every_law(BatchProcessorOptions<Record> options, std::size_t max_concurrency) {
  options.max_concurrency = max_concurrency;
  const AsyncBatchProcessor<Record> processor(options);
  VerifyConcurrencyOptions claims{.raise_on_entire_batch_failure = options.raise_on_entire_batch_failure,
                                  .max_concurrency = max_concurrency,
                                  .schedules = few_schedules(),
                                  .uses_concurrency = max_concurrency > 1};
  if constexpr (requires { options.order_by_key; }) claims.order_by_key = options.order_by_key;
  if constexpr (requires { options.stop_on_first_failure; })
    claims.stop_on_first_failure = options.stop_on_first_failure;
  EXPECT_TRUE(verify_concurrency<Record>(subject_of(processor), claims));
}

TEST(VerifyConcurrency, FindsNothingWrongWithTheProcessorsOfThisLibrary) {
  for (const std::size_t max_concurrency : {1U, 2U, 5U}) {
    expect_every_law<SqsRecord>({}, max_concurrency);
    expect_every_law<SqsRecord>({.raise_on_entire_batch_failure = false}, max_concurrency);
    expect_every_law<KinesisStreamRecord>({}, max_concurrency);
    expect_every_law<DynamoDbRecord>({}, max_concurrency);
    expect_every_law<KafkaRecord>({}, max_concurrency);
    expect_every_law<KafkaRecord>({.order_by_key = true}, max_concurrency);
  }
}

TEST(VerifyConcurrency, FindsNothingWrongWithProcessorsThatStop) {
  expect_every_law<KinesisStreamRecord>({.stop_on_first_failure = true}, 1);
  expect_every_law<DynamoDbRecord>({.stop_on_first_failure = true}, 1);
}

TEST(VerifyConcurrency, NamesAProcessorThatDoesNotStopThoughItClaimsTo) {
  const AsyncBatchProcessor<KinesisStreamRecord> goes_on({.max_concurrency = 1});
  const auto report = verify_concurrency<KinesisStreamRecord>(
      subject_of(goes_on), {.max_concurrency = 1, .seed = 7, .stop_on_first_failure = true});
  EXPECT_EQ(report.broken_law(), "as-sequential") << report;
}

TEST(VerifyConcurrency, FindsNothingWrongWithTheFifoProcessorsOfThisLibrary) {
  const AsyncSqsFifoPartialProcessor stops;
  EXPECT_TRUE(verify_concurrency<SqsRecord>(
      subject_of(stops), {.fifo = true, .max_concurrency = 1, .schedules = few_schedules()}));
  for (const std::size_t max_concurrency : {1U, 2U, 5U}) {
    const AsyncSqsFifoPartialProcessor skips(
        {.skip_group_on_error = true, .max_concurrency = max_concurrency});
    EXPECT_TRUE(verify_concurrency<SqsRecord>(subject_of(skips), {.fifo = true,
                                                                  .skip_group_on_error = true,
                                                                  .max_concurrency = max_concurrency,
                                                                  .schedules = few_schedules()}));
  }
}

TEST(VerifyConcurrency, WaitsForCallsOfActionsOnOtherThreads) {
  boost::asio::thread_pool actions(2);
  const AsyncBatchProcessor<SqsRecord> processor({.max_concurrency = 4}, actions.get_executor());
  const auto report = verify_concurrency<SqsRecord>(subject_of(processor), {.schedules = 300, .seed = 7});
  EXPECT_TRUE(report) << report;
}

TEST(VerifyConcurrency, WaitsForATimerOfTheProcessor) {
  const AsyncBatchProcessor<SqsRecord> processor({.max_concurrency = 4});
  const auto after_a_wait = [process = subject_of(processor)](
                                std::string_view payload,
                                ConcurrentProbe& probe) -> boost::asio::awaitable<std::string> {
    boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor, std::chrono::milliseconds(1));
    co_await timer.async_wait(boost::asio::use_awaitable);
    co_return co_await process(payload, probe);
  };
  const auto report = verify_concurrency<SqsRecord>(after_a_wait, {.schedules = 20, .seed = 7});
  EXPECT_TRUE(report) << report;
}

boost::asio::awaitable<void> wait_forever() {
  boost::asio::steady_timer never(co_await boost::asio::this_coro::executor,
                                  boost::asio::steady_timer::time_point::max());
  co_await never.async_wait(boost::asio::use_awaitable);
}

TEST(VerifyConcurrency, NamesAProcessorThatWaitsForever) {
  const auto waits = [](std::string_view, ConcurrentProbe&) -> boost::asio::awaitable<std::string> {
    co_await wait_forever();
    co_return "";
  };
  const auto leaves = [](std::string_view, ConcurrentProbe& probe) -> boost::asio::awaitable<std::string> {
    boost::asio::co_spawn(co_await boost::asio::this_coro::executor, wait_forever(), boost::asio::detached);
    co_await probe.turn();
    co_return R"({"batchItemFailures": []})";
  };
  for (const AsyncSubject& subject : {AsyncSubject(waits), AsyncSubject(leaves)}) {
    const auto report = verify_concurrency<SqsRecord>(
        subject, {.schedules = 20, .seed = 7, .time_limit = std::chrono::milliseconds(2)});
    EXPECT_EQ(report.broken_law(), "comes-to-an-end") << report;
  }
}

TEST(VerifyConcurrency, TakesAnExceptionOfACompletionHandlerForAFailedBatch) {
  const AsyncBatchProcessor<SqsRecord> processor({.max_concurrency = 4});
  const auto spawns = [process = subject_of(processor)](
                          std::string_view payload,
                          ConcurrentProbe& probe) -> boost::asio::awaitable<std::string> {
    const auto ends_at_once = []() -> boost::asio::awaitable<void> { co_return; };
    boost::asio::co_spawn(co_await boost::asio::this_coro::executor, ends_at_once(),
                          [](const std::exception_ptr&) { throw std::runtime_error("no metrics"); });
    co_return co_await process(payload, probe);
  };
  const auto report = verify_concurrency<SqsRecord>(spawns, {.schedules = 20, .seed = 7});
  EXPECT_EQ(report.broken_law(), "as-sequential") << report;
  EXPECT_THAT(report.text(), HasSubstr("the batch is not answered: no metrics"));
}

/// Handles two messages at a time. The failure of one cancels the other.
boost::asio::awaitable<std::string> cancel_the_other(std::string_view payload, ConcurrentProbe& probe) {
  using boost::asio::experimental::awaitable_operators::operator&&;
  const auto event = decode<SqsRecord>(payload);
  std::vector<std::string_view> failed;
  for (std::size_t index = 0; index < event.size(); index += 2) {
    const SqsRecord& one = event.records()[index];
    const bool is_alone = index + 1 == event.size();
    try {
      if (is_alone) {
        co_await probe(one);
      } else {
        co_await (probe(one) && probe(event.records()[index + 1]));
      }
    } catch (...) {
      failed.push_back(one.message_id());
      if (!is_alone) failed.push_back(event.records()[index + 1].message_id());
    }
  }
  co_return detail::encode_response(failed);
}

TEST(VerifyConcurrency, NamesAProcessorThatCancelsAHandler) {
  const auto report = verify_concurrency<SqsRecord>(
      cancel_the_other, {.raise_on_entire_batch_failure = false, .schedules = 100, .seed = 7});
  EXPECT_EQ(report.broken_law(), "as-sequential") << report;
  EXPECT_THAT(report.text(), HasSubstr("is delivered again, and one after the other it would be done"));
}

boost::asio::awaitable<void> note_outcome(ConcurrentProbe& probe, const SqsRecord& record,
                                          std::vector<std::string_view>& failed, std::size_t& running) {
  try {
    co_await probe(record);
  } catch (...) {
    failed.push_back(record.message_id());
  }
  --running;
}

TEST(VerifyConcurrency, FindsNothingWrongWithAProcessorThatPostsItselfUntilAllIsDone) {
  const auto posts_itself = [](std::string_view payload,
                               ConcurrentProbe& probe) -> boost::asio::awaitable<std::string> {
    const auto executor = co_await boost::asio::this_coro::executor;
    const auto event = decode<SqsRecord>(payload);
    std::vector<std::string_view> failed;
    std::size_t running = 0;
    for (const SqsRecord& record : event.records()) {
      ++running;
      boost::asio::co_spawn(executor, note_outcome(probe, record, failed, running), boost::asio::detached);
      while (running == 4) co_await boost::asio::post(executor, boost::asio::use_awaitable);
    }
    while (running > 0) co_await boost::asio::post(executor, boost::asio::use_awaitable);
    co_return detail::encode_response(failed);
  };
  EXPECT_TRUE(verify_concurrency<SqsRecord>(
      posts_itself, {.raise_on_entire_batch_failure = false, .schedules = 20, .uses_concurrency = true}));
}

boost::asio::awaitable<void> post_itself_forever() {
  const auto executor = co_await boost::asio::this_coro::executor;
  for (;;) co_await boost::asio::post(executor, boost::asio::use_awaitable);
}

TEST(VerifyConcurrency, NamesAProcessorThatPostsItselfForEver) {
  const auto before_the_answer = [](std::string_view,
                                    ConcurrentProbe&) -> boost::asio::awaitable<std::string> {
    co_await post_itself_forever();
    co_return "";
  };
  const auto waits = verify_concurrency<SqsRecord>(
      before_the_answer, {.schedules = 20, .seed = 7, .time_limit = std::chrono::milliseconds(20)});
  EXPECT_THAT(waits.text(), HasSubstr("the processor waits, and no handler runs"));

  const auto leave_one_behind = []() -> boost::asio::awaitable<void> {
    boost::asio::co_spawn(co_await boost::asio::this_coro::executor, post_itself_forever(),
                          boost::asio::detached);
  };
  Turns turns(7);
  EXPECT_TRUE(turns.run(leave_one_behind()));
  EXPECT_TRUE(turns.leaves_work());
}

TEST(VerifyConcurrency, TakesAnAwaitableWithoutACoroutineForAFailedBatch) {
  const auto no_coroutine = [](std::string_view, ConcurrentProbe&) -> boost::asio::awaitable<std::string> {
    return {};
  };
  const auto report = verify_concurrency<SqsRecord>(no_coroutine, {.schedules = 20, .seed = 7});
  EXPECT_THAT(report.text(), HasSubstr("an awaitable without a coroutine was returned"));
}

TEST(VerifyConcurrency, RefusesAProcessorThatBlocksTheThreadOfItsTurns) {
  const AsyncBatchProcessor<SqsRecord> processor({.max_concurrency = 4});
  const auto blocks = [&](std::string_view payload,
                          ConcurrentProbe& probe) -> boost::asio::awaitable<std::string> {
    co_return async_process_partial_response(payload, std::ref(probe), processor);
  };
  EXPECT_THAT(
      [&] { (void)verify_concurrency<SqsRecord>(blocks, {.schedules = 20, .seed = 7}); },
      ThrowsMessage<std::logic_error>(HasSubstr("co_await processor.process(event, std::ref(probe))")));
}

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

AsyncSubject with_race(Race race, std::size_t max_concurrency) {
  return [processor = PlainAsyncProcessor(race, max_concurrency)](
             std::string_view payload, ConcurrentProbe& probe) { return processor.process(payload, probe); };
}

TEST(VerifyConcurrency, FindsNothingWrongWithAPlainProcessor) {
  for (const Race right : {Race::none, Race::order_by_completion}) {
    EXPECT_TRUE(verify_concurrency<SqsRecord>(
        with_race(right, 3),
        {.raise_on_entire_batch_failure = false, .max_concurrency = 3, .schedules = few_schedules()}));
  }
}

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

struct PlantedRace {
  Race race;
  std::string law;
  bool fifo = false;
};

class VerifyConcurrencyOf : public ::testing::TestWithParam<PlantedRace> {};

TEST_P(VerifyConcurrencyOf, APlantedRaceFindsItWithinAThousandSchedules) {
  const PlantedRace& planted = GetParam();
  const auto laws = properties::concurrency_laws();
  const auto law =
      std::find_if(laws.begin(), laws.end(), [&](const auto& each) { return each.id == planted.law; });
  ASSERT_NE(law, laws.end());
  for (const std::uint64_t seed : {1U, 2U, 3U, 4U, 5U}) {
    const auto source = planted.fifo ? fixtures::Source::sqs_fifo : fixtures::Source::sqs;
    const auto report = properties::verify_concurrency_laws({&*law, 1}, source, with_race(planted.race, 2),
                                                            {.fifo = planted.fifo,
                                                             .skip_group_on_error = planted.fifo,
                                                             .raise_on_entire_batch_failure = false,
                                                             .max_concurrency = 2,
                                                             .schedules = 1'000,
                                                             .seed = seed});
    ASSERT_EQ(report.broken_law(), planted.law) << "seed " << seed << ": " << report.text();
    EXPECT_LE(report.counterexample().batch_case.records.size(), 3U) << report.text();
  }
}

INSTANTIATE_TEST_SUITE_P(EachRace, VerifyConcurrencyOf,
                         ::testing::Values(PlantedRace{Race::unsynchronised_failures,
                                                       "lost-under-no-schedule"},
                                           PlantedRace{Race::outcome_by_completion, "lost-under-no-schedule"},
                                           PlantedRace{Race::one_too_many, "within-limit"},
                                           PlantedRace{Race::group_not_held, "in-key-order", true},
                                           PlantedRace{Race::group_released_early, "as-sequential", true},
                                           PlantedRace{Race::answer_too_early, "comes-to-an-end"},
                                           PlantedRace{Race::failure_ends_worker, "comes-to-an-end"},
                                           PlantedRace{Race::leaves_a_coroutine, "comes-to-an-end"}));

TEST(VerifyConcurrency, DrawsMoreRecordsThanTheLimit) {
  for (const std::size_t limit : {5U, 9U}) {
    const VerifyConcurrencyOptions options{.raise_on_entire_batch_failure = false,
                                           .max_concurrency = limit,
                                           .schedules = few_schedules(),
                                           .seed = 7};
    EXPECT_TRUE(verify_concurrency<SqsRecord>(with_race(Race::none, limit), options));
    const auto report = verify_concurrency<SqsRecord>(with_race(Race::one_too_many, limit), options);
    EXPECT_EQ(report.broken_law(), "within-limit");
    EXPECT_EQ(report.counterexample().size(), limit + 1) << report;
  }
}

TEST(VerifyConcurrency, NamesAProcessorThatRunsNothingTogetherIfItClaimsTo) {
  VerifyConcurrencyOptions options{
      .raise_on_entire_batch_failure = false, .max_concurrency = 3, .schedules = few_schedules(), .seed = 7};
  EXPECT_TRUE(verify_concurrency<SqsRecord>(with_race(Race::one_at_a_time, 3), options));
  options.uses_concurrency = true;
  EXPECT_TRUE(verify_concurrency<SqsRecord>(with_race(Race::none, 3), options));
  const auto report = verify_concurrency<SqsRecord>(with_race(Race::one_at_a_time, 3), options);
  EXPECT_EQ(report.broken_law(), "runs-together");
  EXPECT_EQ(report.counterexample().size(), 2U);
  EXPECT_THAT(report.text(), HasSubstr("one handler runs at a time, where 3 may run together"));
}

TEST(VerifyConcurrency, DrawsMessagesWithoutAGroupOnlyIfHostile) {
  // The plain processor runs those beside all others.
  VerifyConcurrencyOptions options{.fifo = true,
                                   .skip_group_on_error = true,
                                   .raise_on_entire_batch_failure = false,
                                   .max_concurrency = 2,
                                   .schedules = few_schedules(),
                                   .seed = 7};
  EXPECT_TRUE(verify_concurrency<SqsRecord>(with_race(Race::none, 2), options));
  options.hostile = true;
  const auto report = verify_concurrency<SqsRecord>(with_race(Race::none, 2), options);
  EXPECT_EQ(report.broken_law(), "in-key-order");
  EXPECT_THAT(report.text(), HasSubstr("runs alone"));
  const AsyncSqsFifoPartialProcessor ours(
      {.skip_group_on_error = true, .raise_on_entire_batch_failure = false, .max_concurrency = 2});
  EXPECT_TRUE(verify_concurrency<SqsRecord>(subject_of(ours), options));
}

TEST(VerifyConcurrency, TellsRecordsWithOneIdentifierApart) {
  const AsyncBatchProcessor<SqsRecord> processor({.max_concurrency = 3});
  const auto report = verify_concurrency<SqsRecord>(
      subject_of(processor), {.max_concurrency = 3, .schedules = 1'000, .seed = 7, .hostile = true});
  EXPECT_TRUE(report) << report;
}

/// Keeps the records of a key in order, or those of no key: it then gives each record a key of its own.
struct KeyedProcessor {
  bool keeps_keys = true;
  AsyncBatchProcessor<KafkaRecord> processor{
      {.raise_on_entire_batch_failure = false, .order_by_key = true, .max_concurrency = 2}};

  boost::asio::awaitable<std::string> process(std::string_view payload, ConcurrentProbe& probe) const {
    nlohmann::json event = nlohmann::json::parse(payload);
    int number = 1000;
    for (auto& records : event["records"]) {
      for (auto& record : records) {
        if (!keeps_keys) record["key"] = std::to_string(++number);
      }
    }
    const auto decoded = decode<KafkaRecord>(event.dump());
    const auto batch = co_await processor.process(decoded, std::ref(probe));
    co_return batch.to_json();
  }

  properties::Report verify(bool claims_keys) const {
    return verify_concurrency<KafkaRecord>(
        [this](std::string_view payload, ConcurrentProbe& probe) { return process(payload, probe); },
        {.raise_on_entire_batch_failure = false,
         .max_concurrency = 2,
         .schedules = few_schedules(),
         .seed = 7,
         .order_by_key = claims_keys});
  }
};

TEST(VerifyConcurrency, KnowsTheOrderOfKafka) {
  EXPECT_TRUE(KeyedProcessor().verify(true));
  for (const auto& report :
       {KeyedProcessor().verify(false), KeyedProcessor{.keeps_keys = false}.verify(true)}) {
    EXPECT_EQ(report.broken_law(), "in-key-order") << report;
    EXPECT_EQ(report.counterexample().size(), 2U) << report;
    EXPECT_THAT(report.text(), HasSubstr("in order with 0"));
  }
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

properties::Report report_of_early_group(std::uint64_t seed) {
  return verify_concurrency<SqsRecord>(with_race(Race::group_not_held, 2),
                                       {.fifo = true,
                                        .skip_group_on_error = true,
                                        .raise_on_entire_batch_failure = false,
                                        .max_concurrency = 2,
                                        .seed = seed});
}

TEST(VerifyConcurrency, FindsTheSameScheduleWithTheSameSeed) {
  EXPECT_EQ(report_of_early_group(7).text(), report_of_early_group(7).text());
}

TEST(VerifyConcurrency, GivesChoicesThatRepeatTheRun) {
  const auto broken = report_of_early_group(7).counterexample();
  Turns turns(broken.choices);
  const auto again =
      properties::observe_schedule(with_race(Race::group_not_held, 2), broken.batch_case, turns);
  const auto& steps = broken.observation.timeline->steps;
  ASSERT_EQ(again.timeline->steps.size(), steps.size());
  for (std::size_t step = 0; step < steps.size(); ++step) {
    EXPECT_EQ(again.timeline->steps[step].call, steps[step].call);
    EXPECT_EQ(again.timeline->steps[step].ends, steps[step].ends);
  }
  EXPECT_EQ(again.response, broken.observation.response);
}

TEST(VerifyConcurrency, ShowsWhenEachHandlerRan) {
  const std::string text = report_of_early_group(7).text();
  EXPECT_THAT(text, HasSubstr("the law in-key-order is violated"));
  EXPECT_THAT(text, HasSubstr("sqs_fifo, at most 2 together"));
  EXPECT_THAT(text, HasSubstr("in order with 0"));
  EXPECT_THAT(text, HasSubstr("BATCHPROOF_SEED=7"));
}

TEST(VerifyConcurrency, OfNoSchedulesProvesNothing) {
  EXPECT_FALSE(verify_concurrency<SqsRecord>(with_race(Race::none, 2), {.schedules = 0}));
}

/// Its largest batch, the 213th, has 1,000 records.
TEST(VerifyConcurrency, GivesEnoughTurnsToALargeBatch) {
  const AsyncBatchProcessor<SqsRecord> processor({.max_concurrency = 500});
  const AsyncSubject subject = [&](std::string_view payload,
                                   ConcurrentProbe& probe) -> boost::asio::awaitable<std::string> {
    const auto in_many_steps = [&probe](const SqsRecord& record) -> boost::asio::awaitable<void> {
      for (int step = 0; step < 30; ++step) co_await probe.turn();
      co_await probe(record);
    };
    const auto event = decode<SqsRecord>(payload);
    const auto batch = co_await processor.process(event, in_many_steps);
    co_return batch.to_json();
  };
  const auto report =
      verify_concurrency<SqsRecord>(subject, {.max_concurrency = 500, .schedules = 213, .seed = 7});
  EXPECT_TRUE(report) << report.text().substr(0, 500);
}

TEST(Turns, GoOnInTheOrderThatTheChoicesSay) {
  std::string log;
  const auto worker = [&log](Turns& turns, char name) -> boost::asio::awaitable<void> {
    co_await turns.turn();
    log += name;
    co_await turns.turn();
    log += name;
  };
  const auto run = [&](std::vector<std::size_t> choices) {
    log.clear();
    Turns turns(std::move(choices));
    const auto both = [&]() -> boost::asio::awaitable<void> {
      const auto executor = co_await boost::asio::this_coro::executor;
      boost::asio::co_spawn(executor, worker(turns, 'a'), boost::asio::detached);
      co_await worker(turns, 'b');
    };
    EXPECT_TRUE(turns.run(both()));
    return log;
  };
  EXPECT_EQ(run({0, 0, 0}), "abab");
  EXPECT_EQ(run({1, 1}), "bb");
  EXPECT_EQ(run({0, 1, 0}), "aabb");
}

TEST(Turns, EndWhereACoroutineTakesThemForEver) {
  int taken = 0;
  const auto take_all = [&](Turns& turns) -> boost::asio::awaitable<void> {
    for (;; ++taken) co_await turns.turn();
  };
  Turns few(1);
  few.set_most_turns(100);
  EXPECT_FALSE(few.run(take_all(few)));
  EXPECT_TRUE(few.used_up_turns());
  EXPECT_LE(taken, 100);
  EXPECT_GT(taken, 90);
  Turns enough(1);
  EXPECT_TRUE(enough.run(enough.turn()));
  EXPECT_FALSE(enough.used_up_turns());
}

TEST(Turns, TellOfACoroutineThatWaitsForNobody) {
  Turns turns(1);
  EXPECT_FALSE(turns.run(wait_forever()));
}

}  // namespace
}  // namespace batchproof
