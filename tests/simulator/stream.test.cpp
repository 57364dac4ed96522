#include <gmock/gmock.h>

#include <algorithm>
#include <batchproof/fixtures/service_answer.hpp>
#include <batchproof/fixtures/source_info.hpp>
#include <batchproof/simulator/laws.hpp>
#include <batchproof/simulator/run_world.hpp>
#include <batchproof/simulator/simulate.hpp>
#include <map>
#include <set>

#include "scripted.hpp"

namespace batchproof::simulator {
namespace {

using fixtures::Source;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

/// One shard that holds everything from the beginning.
World one_shard(std::size_t messages) {
  return {.source = Source::kinesis,
          .messages = messages,
          .groups = 1,
          .sent_every = seconds(0),
          .handler_time = std::chrono::milliseconds(10),
          .stream = {.shards = 1, .bisect_on_error = false, .maximum_retry_attempts = 5},
          .faults = {}};
}

std::vector<std::uint32_t> deliveries_of(const FinishedWorld& finished) {
  std::vector<std::uint32_t> deliveries;
  for (const Message& message : finished.messages) deliveries.push_back(message.deliveries);
  return deliveries;
}

/// A subject that reports the record at this place of the first batch, and nothing in later ones.
fixtures::Subject reports_place(std::size_t place) {
  const auto done = std::make_shared<bool>(false);
  return [=](std::string_view payload, RecordProbe& probe) -> std::string {
    const auto event = decode<KinesisStreamRecord>(payload);
    for (const auto& record : event.records()) probe(record);
    if (std::exchange(*done, true)) return "{}";
    return R"({"batchItemFailures":[{"itemIdentifier":")" +
           std::string(event.records()[place].sequence_number()) + R"("}]})";
  };
}

TEST(Stream, NumbersRecordsUpwards) {
  const auto finished = run_world(library(Source::kinesis), one_shard(200));
  const auto& messages = finished.messages;
  EXPECT_TRUE(std::is_sorted(messages.begin(), messages.end(), [](const Message& left, const Message& right) {
    return fixtures::lower_sequence_number(left.identifier, right.identifier);
  }));
  EXPECT_LT(messages.front().identifier.size(), messages.back().identifier.size());
}

TEST(Stream, GivesNoTwoRecordsOneSequenceNumber) {
  for (const Source source : {Source::kinesis, Source::dynamodb}) {
    const fixtures::Digits digits = fixtures::info_of(source).sequence_number_digits;
    for (std::uint64_t seed = 50; seed < 100; ++seed) {
      World world = random_world(source, seed, 300);
      world.most_invocations = 1;
      std::map<std::size_t, std::string> last;
      std::set<std::string> seen;
      for (const Message& message : run_world(library(source), world).messages) {
        std::string& before = last[message.shard_part / world.stream.parallelization_factor];
        EXPECT_TRUE(fixtures::lower_sequence_number(before, message.identifier));
        EXPECT_TRUE(seen.insert(message.identifier).second);
        EXPECT_GE(message.identifier.size(), digits.fewest);
        EXPECT_LE(message.identifier.size(), digits.most);
        before = message.identifier;
      }
    }
  }
}

TEST(DynamoDbStream, InsertsModifiesAndRemoves) {
  std::map<std::string, ChangeKind> last;
  std::set<std::string> event_ids;
  const auto subject = [&](std::string_view payload, RecordProbe&) -> std::string {
    const auto event = decode<DynamoDbRecord>(payload);
    for (const DynamoDbRecord& record : event.records()) {
      const std::string key(record.keys()->find("id")->as_string());
      const bool is_there = last.contains(key) && last[key] != ChangeKind::remove;
      EXPECT_EQ(record.kind() == ChangeKind::insert, !is_there);
      EXPECT_EQ(record.new_image().has_value(), record.kind() != ChangeKind::remove);
      EXPECT_EQ(record.old_image().has_value(), record.kind() != ChangeKind::insert);
      EXPECT_TRUE(event_ids.emplace(*record.event_id()).second);
      last[key] = record.kind();
    }
    return "{}";
  };
  run_world(subject, {.source = Source::dynamodb, .messages = 200, .faults = {}});
  EXPECT_EQ(event_ids.size(), 200U);
}

TEST(DynamoDbStream, RemovesNothingIfAsked) {
  const auto removals_in = [](bool has_removals) {
    std::size_t removals = 0;
    const auto count = [&](std::string_view payload, RecordProbe&) -> std::string {
      const auto event = decode<DynamoDbRecord>(payload);
      for (const DynamoDbRecord& record : event.records())
        if (record.kind() == ChangeKind::remove) ++removals;
      return "{}";
    };
    run_world(count,
              {.source = Source::dynamodb, .messages = 200, .faults = {}, .has_removals = has_removals});
    return removals;
  };
  EXPECT_GT(removals_in(true), 0U);
  EXPECT_EQ(removals_in(false), 0U);
}

TEST(Stream, DeliversEverythingFromTheCheckpointOnAgain) {
  const auto finished = run_world(reports_place(2), one_shard(5));
  EXPECT_THAT(deliveries_of(finished), ::testing::ElementsAre(1, 1, 2, 2, 2));
  EXPECT_EQ(summary_of(finished).wasted_calls, 3U);
}

TEST(Stream, SplitsAtTheCheckpointWithoutWaiting) {
  World world = one_shard(5);
  world.stream.bisect_on_error = true;
  const auto finished = run_world(reports_place(2), world);
  EXPECT_EQ(finished.messages[4].splits, 1U);
  EXPECT_LT(finished.ended_at, seconds(1));
}

/// How many invocations each record of one shard was in, and what the on-failure destination received, where
/// the last of six records is poison, a batch holds three and three retries are allowed.
struct PoisonAtTheEnd {
  std::vector<std::uint32_t> deliveries;
  std::string condition;
  std::uint64_t invocations;
};

PoisonAtTheEnd with_poison_at_the_end(Source source, bool bisects) {
  World world = one_shard(6);
  world.source = source;
  world.batch_size = 3;
  world.batch_window = seconds(1);
  world.faults.poison = 1;
  world.stream.maximum_retry_attempts = 3;
  world.stream.bisect_on_error = bisects;
  const auto subject = library(source, {.raise_on_entire_batch_failure = false});
  while (!run_world(subject, world).messages[5].is_poison()) ++world.seed;
  PoisonAtTheEnd ended{};
  const auto finished = run_world(subject, world, [&](std::string_view line) {
    if (line.find("dead_lettered") != std::string_view::npos)
      ended.condition += line.substr(line.find("\"why\""));
  });
  ended.deliveries = deliveries_of(finished);
  ended.invocations = finished.invocations;
  return ended;
}

// Seen on AWS for both kinds of streams: [0,1,2] [3,4,5] [5] [5] [5] [5], approximateInvokeCount 4.
TEST(Stream, GivesWhatIsLeftBehindAMovedCheckpointAllItsRetries) {
  for (const Source source : {Source::kinesis, Source::dynamodb}) {
    for (const bool bisects : {false, true}) {
      const PoisonAtTheEnd ended = with_poison_at_the_end(source, bisects);
      EXPECT_THAT(ended.deliveries, ::testing::ElementsAre(1, 1, 1, 1, 1, 5));
      EXPECT_EQ(ended.invocations, 6U);
      EXPECT_EQ(ended.condition, R"("why":"RetryAttemptsExhausted","approximate_invoke_count":4})");
    }
  }
}

TEST(Stream, CountsTheRetriesAgainBehindEachCheckpointThatMoves) {
  const auto subject = [calls = 0](std::string_view payload, RecordProbe& probe) mutable -> std::string {
    const auto event = decode<KinesisStreamRecord>(payload);
    for (const auto& record : event.records()) probe(record);
    if (++calls % 2 == 1) return "no JSON";
    if (event.records().size() == 1) return "{}";
    return R"({"batchItemFailures":[{"itemIdentifier":")" +
           std::string(event.records()[1].sequence_number()) + R"("}]})";
  };
  World world = one_shard(4);
  world.stream.maximum_retry_attempts = 1;
  const auto finished = run_world(subject, world);
  EXPECT_THAT(deliveries_of(finished), ::testing::ElementsAre(2, 4, 6, 8));
  EXPECT_EQ(summary_of(finished).dead_lettered, 0U);
  EXPECT_THAT(bounded_redelivery.violations(finished), ::testing::IsEmpty());
}

TEST(Stream, TakesAnEmptyListForASuccessAndLosesWhatFailed) {
  for (const Source source : {Source::kinesis, Source::dynamodb}) {
    const auto inner = library(source);
    const auto subject = [&](std::string_view payload, RecordProbe& probe) -> std::string {
      try {
        inner(payload, probe);
      } catch (const std::exception&) {
      }
      return "[]";
    };
    const World world{
        .source = source, .messages = 1, .stream = {.maximum_retry_attempts = 2}, .faults = {.poison = 1}};
    const auto report = simulate(subject, world);
    EXPECT_EQ(report.finished().invocations, 1U);
    EXPECT_EQ(summary_of(report.finished()).lost, 1U);
    EXPECT_EQ(report.broken_law(), "nothing-skipped");
    EXPECT_FALSE(report.expect_no_loss());
  }
}

TEST(Stream, GivesUpAfterTheRetriesAndReportsToTheDestination) {
  World world = one_shard(10);
  world.faults.poison = 10;
  world.stream.maximum_retry_attempts = 2;
  const auto finished = run_world(library(Source::kinesis), world);
  for (const Message& message : finished.messages) {
    EXPECT_EQ(message.disposition, Disposition::dead_lettered);
    EXPECT_EQ(message.deliveries, 3U);
  }
}

TEST(Stream, IsolatesPoisonByBisection) {
  World world = one_shard(10);
  world.faults.poison = 1;
  world.stream.maximum_retry_attempts = 0;
  world.stream.bisect_on_error = true;
  const Summary summary = summary_of(run_world(library(Source::kinesis), world));
  EXPECT_EQ(summary.dead_lettered, 1U);
  EXPECT_EQ(summary.processed, 9U);
}

TEST(Stream, IsBlockedByPoisonThatIsRetriedWithoutLimit) {
  World world = one_shard(30);
  world.faults.poison = 1;
  world.stream.maximum_retry_attempts = -1;
  const auto finished = run_world(library(Source::kinesis), world);
  EXPECT_TRUE(finished.at_rest);
  EXPECT_GE(finished.ended_at, hours(24));
  EXPECT_GT(summary_of(finished).expired, 0U);
}

TEST(Stream, DropsRecordsThatAreTooOld) {
  World world = one_shard(1);
  world.faults.poison = 1;
  world.stream.maximum_retry_attempts = -1;
  world.stream.maximum_record_age = minutes(1);
  std::string condition;
  const auto finished = run_world(library(Source::kinesis), world, [&](std::string_view line) {
    if (line.find("dead_lettered") != std::string_view::npos) condition = line;
  });
  EXPECT_EQ(finished.messages[0].disposition, Disposition::dead_lettered);
  EXPECT_GE(finished.ended_at, minutes(1));
  EXPECT_THAT(condition, ::testing::HasSubstr(R"("why":"RecordAgeExceeded","approximate_invoke_count":)"));
}

TEST(Stream, RunsTheShardsAndTheirPartsAtTheSameTime) {
  World world{
      .source = Source::dynamodb, .messages = 1000, .groups = 50, .sent_every = seconds(0), .faults = {}};
  world.stream = {.shards = 1};
  const auto alone = run_world(library(Source::dynamodb), world).ended_at;
  world.stream = {.shards = 1, .parallelization_factor = 10};
  const auto together = run_world(library(Source::dynamodb), world).ended_at;
  EXPECT_LT(together * 5, alone);
}

}  // namespace
}  // namespace batchproof::simulator
