// Tumbling windows in the simulated service: crashes, timeouts, lost answers and retries.

#include <gmock/gmock.h>

#include <algorithm>
#include <batchproof/simulator.hpp>
#include <batchproof/zoo/broken_processors.hpp>
#include <chrono>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "window_subject.hpp"

namespace batchproof::simulator {
namespace {

using fixtures::Source;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr fixtures::ProcessorClaims claims{.raise_on_entire_batch_failure = false,
                                           .stop_on_first_failure = true};

/// Two seconds of messages in windows of one second, all in one shard.
World two_windows() {
  World world{.source = Source::kinesis_window,
              .messages = 20,
              .sent_every = std::chrono::milliseconds(100),
              .stream = {.shards = 1, .tumbling_window = std::chrono::seconds(1)},
              .faults = {},
              .claims = claims};
  return world;
}

std::size_t counted_in(const FinishedWindow& window) {
  return nlohmann::json::parse(window.state).at("folded").size();
}

class SimulatedWindows : public ::testing::TestWithParam<Source> {};

TEST_P(SimulatedWindows, CountEachRecordOnceInRandomWorlds) {
  const auto report = simulate_random_worlds([] { return tools::window_subject(GetParam()); }, GetParam(),
                                             claims, {.worlds = 300, .seed = 1});
  EXPECT_TRUE(report.passed()) << report.text();
}

INSTANTIATE_TEST_SUITE_P(All, SimulatedWindows, ::testing::ValuesIn(fixtures::window_sources));

TEST(SimulatedWindow, BeginsWithNoStateAndEndsWithAllOfItsRecords) {
  std::set<std::string> first_states;
  bool is_first = true;
  const auto subject = tools::window_subject(Source::kinesis_window);
  const FinishedWorld finished = run_world(
      [&](std::string_view payload, RecordProbe& probe) {
        const auto event = nlohmann::json::parse(payload);
        if (is_first) first_states.insert(event.at("state").dump());
        is_first = event.at("isFinalInvokeForWindow").get<bool>();
        return subject(payload, probe);
      },
      two_windows());
  EXPECT_THAT(first_states, ElementsAre("{}"));
  ASSERT_EQ(finished.windows.size(), 2U);
  EXPECT_EQ(counted_in(finished.windows[0]), 10U);
  EXPECT_EQ(counted_in(finished.windows[1]), 10U);
}

/// The last invocation has the last of the records in some windows, and none in others.
TEST(SimulatedWindow, EndsWithRecordsOrWithout) {
  std::set<bool> has_records;
  const auto subject = tools::window_subject(Source::kinesis_window);
  const auto watch = [&](std::string_view payload, RecordProbe& probe) {
    const auto event = nlohmann::json::parse(payload);
    if (event.at("isFinalInvokeForWindow").get<bool>()) has_records.insert(!event.at("Records").empty());
    return subject(payload, probe);
  };
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    World world = two_windows();
    world.seed = seed;
    world.batch_window = std::chrono::seconds(1);
    run_world(watch, world);
  }
  EXPECT_THAT(has_records, ElementsAre(false, true));
}

TEST(SimulatedWindow, LeavesOutWhatWasGivenUp) {
  World world = two_windows();
  world.faults.poison = 3;
  world.stream.bisect_on_error = true;
  world.stream.maximum_retry_attempts = 2;
  const FinishedWorld finished =
      run_world([] { return tools::window_subject(Source::kinesis_window); }, world);
  std::size_t counted = 0;
  for (const FinishedWindow& window : finished.windows) counted += counted_in(window);
  EXPECT_EQ(counted, 17U);
  EXPECT_EQ(summary_of(finished).dead_lettered, 3U);
}

TEST(SimulatedWindow, IsEndedAgainUntilTheFunctionAnswers) {
  int failures = 3;
  const auto subject = tools::window_subject(Source::kinesis_window);
  const FinishedWorld finished = run_world(
      [&](std::string_view payload, RecordProbe& probe) {
        const bool is_final = nlohmann::json::parse(payload).at("isFinalInvokeForWindow").get<bool>();
        if (is_final && failures-- > 0) throw std::runtime_error("the table is not there");
        return subject(payload, probe);
      },
      two_windows());
  EXPECT_EQ(finished.windows.size(), 2U);
  EXPECT_LT(failures, 0);
  EXPECT_THAT(counted_once.violations(finished), ::testing::IsEmpty());
}

/// "Each response must contain the state": AWS takes one without it for a failure.
TEST(SimulatedWindow, FailsWhereTheAnswerHoldsNoState) {
  World world = two_windows();
  world.most_invocations = 50;
  const FinishedWorld finished =
      run_world([](std::string_view, RecordProbe&) { return R"({"batchItemFailures":[]})"; }, world);
  EXPECT_THAT(finished.windows, ::testing::IsEmpty());
  EXPECT_EQ(summary_of(finished).processed, 0U);
}

TEST(SimulatedWindow, IsWrongWhereARecordIsCountedTwiceOrNotAtAll) {
  FinishedWorld finished{.world = two_windows(),
                         .messages = {{.identifier = "1", .disposition = Disposition::done},
                                      {.identifier = "2", .disposition = Disposition::done},
                                      {.identifier = "3", .disposition = Disposition::dead_lettered}}};
  finished.windows = {{.state = R"({"folded":["1","1","3","4"]})"}};
  const auto violations = counted_once.violations(finished);
  EXPECT_THAT(violations, Contains(HasSubstr("ends and is not finished")));
  EXPECT_THAT(violations, Contains(HasSubstr("message 0 (\"1\") was passed and is counted 2 times")));
  EXPECT_THAT(violations, Contains(HasSubstr("message 1 (\"2\") was passed and is counted 0 times")));
  EXPECT_THAT(violations, Contains(HasSubstr("message 2 (\"3\") was given up and is counted 1 times")));
  EXPECT_THAT(violations, Contains(HasSubstr("counts \"4\", which is not of it")));
}

TEST(SimulatedWindow, RefusesWindowsThatAwsDoesNotHave) {
  World world = two_windows();
  world.stream.tumbling_window = std::chrono::seconds(901);
  EXPECT_THROW(refuse_impossible(world), ImpossibleWorld);
  world.stream.tumbling_window = std::chrono::milliseconds(1500);
  EXPECT_THROW(refuse_impossible(world), ImpossibleWorld);
  world = two_windows();
  world.stream.parallelization_factor = 2;
  EXPECT_THROW(refuse_impossible(world), ImpossibleWorld);
}

TEST(SimulatedWindow, ComesBackFromItsJson) {
  World world = two_windows();
  world.stream.tumbling_window = std::chrono::seconds(7);
  EXPECT_EQ(world_from_json(to_json(world)).stream.tumbling_window, std::chrono::seconds(7));
}

}  // namespace
}  // namespace batchproof::simulator
