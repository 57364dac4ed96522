#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <batchproof/concurrency.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <batchproof/async.hpp>

#include "broken_async_processors.hpp"
#include "few_schedules.hpp"
#include "wait_forever.hpp"

namespace batchproof {
namespace {

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

}  // namespace
}  // namespace batchproof
