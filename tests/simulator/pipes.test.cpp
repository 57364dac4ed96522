// EventBridge Pipes in the simulated service: only what is reported comes again.

#include <gmock/gmock.h>

#include <algorithm>
#include <batchproof/fixtures/source_info.hpp>
#include <batchproof/simulator.hpp>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "scripted.hpp"

namespace batchproof::simulator {
namespace {

using fixtures::ProcessorClaims;
using fixtures::Source;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class SimulatedPipes : public ::testing::TestWithParam<Source> {};

TEST_P(SimulatedPipes, FindNothingWrongWithTheProcessorsOfThisLibrary) {
  for (const fixtures::ProcessorMode& mode : fixtures::info_of(GetParam()).modes) {
    for (const ProcessorClaims& claims : {mode.claims, answering_always(mode).claims}) {
      const auto report = simulate_random_worlds([&] { return library(GetParam(), claims); }, GetParam(),
                                                 claims, {.worlds = 60, .seed = 1});
      EXPECT_TRUE(report.passed()) << mode.name << '\n' << report.text();
    }
  }
}

TEST_P(SimulatedPipes, InvokeTheFunctionWithAListOfRecords) {
  std::set<std::string> identifiers;
  const auto watch = [&](std::string_view payload, RecordProbe&) -> std::string {
    EXPECT_THAT(std::string(payload), StartsWith("[{"));
    fixtures::with_record_type(GetParam(), [&]<class Record>() {
      const auto event = decode<Record>(payload);
      for (const Record& record : event.records()) identifiers.emplace(record.item_identifier());
    });
    return "{}";
  };
  const auto finished = run_world(watch, {.source = GetParam(), .messages = 40, .faults = {}});
  std::set<std::string> sent;
  for (const Message& message : finished.messages) sent.insert(message.identifier);
  EXPECT_EQ(identifiers, sent);
  EXPECT_EQ(sent.size(), 40U);
}

INSTANTIATE_TEST_SUITE_P(All, SimulatedPipes, ::testing::ValuesIn(fixtures::pipe_sources),
                         [](const auto& test) { return std::string(fixtures::name(test.param)); });

/// One shard that holds everything from the beginning.
World piped_shard(Source source, std::size_t messages) {
  return {.source = source,
          .messages = messages,
          .groups = 1,
          .sent_every = std::chrono::seconds(0),
          .stream = {.shards = 1, .maximum_retry_attempts = 3},
          .faults = {}};
}

/// Reports the records at these places of the first batch, and nothing in later ones.
template <class Record>
fixtures::Subject reports_places(std::vector<std::size_t> places) {
  return [places = std::move(places)](std::string_view payload, RecordProbe& probe) mutable -> std::string {
    const auto event = decode<Record>(payload);
    for (const Record& record : event.records()) probe(record);
    std::string listed;
    for (const std::size_t place : std::exchange(places, {}))
      listed += std::string(listed.empty() ? "" : ",") + R"({"itemIdentifier":")" +
                std::string(event.records()[place].item_identifier()) + R"("})";
    return R"({"batchItemFailures":[)" + listed + "]}";
  };
}

std::vector<std::uint32_t> delivery_counts(const FinishedWorld& finished) {
  std::vector<std::uint32_t> deliveries;
  for (const Message& message : finished.messages) deliveries.push_back(message.deliveries);
  return deliveries;
}

TEST(SimulatedPipe, DeliversOfAStreamOnlyWhatIsReportedAgain) {
  EXPECT_THAT(delivery_counts(run_world(reports_places<KinesisStreamRecord>({1, 3}),
                                        piped_shard(Source::kinesis_pipe, 5))),
              ElementsAre(1, 2, 1, 2, 1));
  EXPECT_THAT(delivery_counts(
                  run_world(reports_places<DynamoDbRecord>({3, 1}), piped_shard(Source::dynamodb_pipe, 5))),
              ElementsAre(1, 2, 1, 2, 1));
}

TEST(SimulatedPipe, DeliversBothHalvesOfTheBatchAgainWhereItBisects) {
  World world = piped_shard(Source::kinesis_pipe, 5);
  world.stream.bisect_on_error = true;
  std::vector<std::size_t> sizes;
  const auto subject = reports_places<KinesisStreamRecord>({1});
  const auto watch = [&](std::string_view payload, RecordProbe& probe) {
    sizes.push_back(decode<KinesisStreamRecord>(payload).size());
    return subject(payload, probe);
  };
  const auto finished = run_world(watch, world);
  EXPECT_THAT(sizes, ElementsAre(5, 3, 2));
  EXPECT_EQ(finished.messages[4].splits, 1U);
}

TEST(SimulatedPipe, GivesUpWhatFailsInTheLastRetryAndNothingElse) {
  World world = piped_shard(Source::dynamodb_pipe, 8);
  world.faults.poison = 2;
  const ProcessorClaims claims{};
  const auto finished = run_world(library(world.source, claims), world);
  for (const Message& message : finished.messages) {
    EXPECT_EQ(message.disposition, message.is_poison() ? Disposition::dead_lettered : Disposition::done);
    EXPECT_EQ(message.deliveries, message.is_poison() ? 4U : 1U);
  }
}

TEST(SimulatedPipe, LosesTheOrderOfAKeyUnlessTheProcessorStops) {
  World world = piped_shard(Source::kinesis_pipe, 20);
  world.faults = {.flaky_rate = 0.5};
  world.claims.stop_on_first_failure = true;
  const auto first_order = [&](const ProcessorClaims& claims) {
    return key_order.violations(run_world(library(world.source, claims), world)).empty();
  };
  EXPECT_TRUE(first_order({.stop_on_first_failure = true}));
  EXPECT_FALSE(first_order({}));
  EXPECT_TRUE(key_order.applies(world));
  world.claims.stop_on_first_failure = false;
  EXPECT_FALSE(key_order.applies(world));
}

// The number is right for Lambda, and a pipe that finds no such event id delivers everything again.
TEST(SimulatedPipe, TakesASequenceNumberForAnUnknownRecord) {
  const auto subject = [](std::string_view payload, RecordProbe& probe) -> std::string {
    const auto event = decode<KinesisStreamRecord>(payload);
    for (const KinesisStreamRecord& record : event.records()) probe(record);
    return R"({"batchItemFailures":[{"itemIdentifier":")" +
           std::string(event.records()[0].sequence_number()) + R"("}]})";
  };
  EXPECT_THAT(delivery_counts(run_world(subject, piped_shard(Source::kinesis_pipe, 3))),
              ElementsAre(4, 4, 4));
}

// Lambda starts the shard again at the first failure; a pipe forgets the others.
TEST(SimulatedPipe, ShowsTheLossOfAnAnswerThatIsMeantAsACheckpoint) {
  const auto reports_the_first = [](std::string_view payload, RecordProbe& work) -> std::string {
    const auto event = decode<KinesisStreamRecord>(payload);
    for (const KinesisStreamRecord& record : event.records()) {
      try {
        work(record);
      } catch (const std::exception&) {
        return R"({"batchItemFailures":[{"itemIdentifier":")" + std::string(record.item_identifier()) +
               R"("}]})";
      }
    }
    return "{}";
  };
  World world = piped_shard(Source::kinesis_pipe, 30);
  world.faults.poison = 5;
  const auto report = simulate(reports_the_first, world);
  EXPECT_EQ(report.broken_law(), "nothing-vanishes");
  EXPECT_FALSE(report.expect_no_loss());
  ASSERT_NE(report.counterexample(), nullptr);
  EXPECT_LE(report.counterexample()->smallest.messages, 2U);
  world.source = Source::kinesis;
  EXPECT_TRUE(simulate(reports_the_first, world).expect_no_loss()) << "Lambda delivers the rest again";
}

}  // namespace
}  // namespace batchproof::simulator
