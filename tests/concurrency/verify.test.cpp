#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <batchproof/concurrency.hpp>
#include <string>
#include <string_view>
#include <vector>

#include <batchproof/async.hpp>

#include "broken_async_processors.hpp"

namespace batchproof {
namespace {

using ::testing::HasSubstr;

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

template <class Record>
void expect_every_law(BatchProcessorOptions<Record> options, std::size_t max_concurrency) {
  options.max_concurrency = max_concurrency;
  const AsyncBatchProcessor<Record> processor(options);
  EXPECT_TRUE(verify_concurrency<Record>(
      subject_of(processor), {.raise_on_entire_batch_failure = options.raise_on_entire_batch_failure,
                              .max_concurrency = max_concurrency}));
}

TEST(VerifyConcurrency, FindsNothingWrongWithTheProcessorsOfThisLibrary) {
  for (const std::size_t max_concurrency : {1U, 2U, 5U}) {
    expect_every_law<SqsRecord>({}, max_concurrency);
    expect_every_law<SqsRecord>({.raise_on_entire_batch_failure = false}, max_concurrency);
    expect_every_law<KinesisStreamRecord>({}, max_concurrency);
    expect_every_law<DynamoDbRecord>({}, max_concurrency);
  }
}

TEST(VerifyConcurrency, FindsNothingWrongWithTheFifoProcessorsOfThisLibrary) {
  const AsyncSqsFifoPartialProcessor stops;
  EXPECT_TRUE(verify_concurrency<SqsRecord>(subject_of(stops), {.fifo = true, .max_concurrency = 1}));
  for (const std::size_t max_concurrency : {1U, 2U, 5U}) {
    const AsyncSqsFifoPartialProcessor skips(
        {.skip_group_on_error = true, .max_concurrency = max_concurrency});
    EXPECT_TRUE(verify_concurrency<SqsRecord>(
        subject_of(skips), {.fifo = true, .skip_group_on_error = true, .max_concurrency = max_concurrency}));
  }
}

AsyncSubject with_race(Race race, std::size_t max_concurrency) {
  return [processor = PlainAsyncProcessor(race, max_concurrency)](
             std::string_view payload, ConcurrentProbe& probe) { return processor.process(payload, probe); };
}

TEST(VerifyConcurrency, FindsNothingWrongWithAPlainProcessor) {
  for (const Race right : {Race::none, Race::order_by_completion}) {
    EXPECT_TRUE(verify_concurrency<SqsRecord>(
        with_race(right, 3), {.raise_on_entire_batch_failure = false, .max_concurrency = 3}));
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
                                           PlantedRace{Race::failure_ends_worker, "comes-to-an-end"}));

properties::ConcurrencyReport report_of_early_group(std::uint64_t seed) {
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
  ASSERT_EQ(again.steps.size(), broken.observation.steps.size());
  for (std::size_t step = 0; step < again.steps.size(); ++step) {
    EXPECT_EQ(again.steps[step].call, broken.observation.steps[step].call);
    EXPECT_EQ(again.steps[step].ends, broken.observation.steps[step].ends);
  }
  EXPECT_EQ(again.run.response, broken.observation.run.response);
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

TEST(Turns, TellOfACoroutineThatWaitsForNobody) {
  Turns turns(1);
  const auto waits = []() -> boost::asio::awaitable<void> {
    boost::asio::steady_timer never(co_await boost::asio::this_coro::executor,
                                    boost::asio::steady_timer::time_point::max());
    co_await never.async_wait(boost::asio::use_awaitable);
  };
  EXPECT_FALSE(turns.run(waits()));
}

}  // namespace
}  // namespace batchproof
