#include <gmock/gmock.h>

#include <algorithm>
#include <batchproof/simulator/run_world.hpp>
#include <batchproof/simulator/simulate.hpp>
#include <chrono>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "scripted.hpp"

namespace batchproof::simulator {
namespace {

using fixtures::Source;

/// Two partitions, in which one record fails at every delivery.
World two_partitions() {
  World world{.source = Source::kafka, .messages = 40, .groups = 8, .faults = {.poison = 1}};
  world.stream.shards = 2;
  world.stream.maximum_retry_attempts = 3;
  return world;
}

std::size_t count(const FinishedWorld& finished, Disposition disposition) {
  return static_cast<std::size_t>(
      std::count_if(finished.messages.begin(), finished.messages.end(),
                    [=](const Message& message) { return message.disposition == disposition; }));
}

TEST(Kafka, NumbersTheRecordsOfEachPartition) {
  const auto finished = run_world(library(Source::kafka), two_partitions());
  std::set<std::string> identifiers;
  for (const Message& message : finished.messages) {
    identifiers.insert(message.identifier);
    EXPECT_THAT(message.identifier,
                testing::HasSubstr("\"orders-" + std::to_string(message.shard_part) + "\""));
  }
  EXPECT_EQ(identifiers.size(), finished.messages.size());
}

TEST(Kafka, HasRecordsOfSeveralPartitionsInABatch) {
  World world = two_partitions();
  world.sent_every = std::chrono::milliseconds(0);
  std::size_t most = 0;
  const auto counts_partitions = [&, inner = library(Source::kafka)](std::string_view payload,
                                                                     RecordProbe& probe) {
    const auto partitions = nlohmann::json::parse(payload).at("records");
    most = std::max(most, partitions.size());
    return inner(payload, probe);
  };
  run_world(fixtures::Subject(counts_partitions), world);
  EXPECT_EQ(most, 2U);
}

TEST(Kafka, StartsAgainInThePartitionOfTheFailureAlone) {
  World world = two_partitions();
  world.sent_every = std::chrono::milliseconds(0);
  const auto finished = run_world(library(Source::kafka), world);
  const auto poison = std::find_if(finished.messages.begin(), finished.messages.end(),
                                   [](const Message& message) { return message.is_poison(); });
  ASSERT_NE(poison, finished.messages.end());
  for (const Message& message : finished.messages) {
    if (message.shard_part == poison->shard_part) continue;
    EXPECT_EQ(message.deliveries, 1U) << message.identifier;
  }
  EXPECT_EQ(poison->deliveries, 5U);  // with others, and then at the head of what comes again
}

TEST(Kafka, GivesUpThePoisonAloneWhereTheBatchIsHalved) {
  World world = two_partitions();
  world.stream.bisect_on_error = true;
  const auto finished = run_world(library(Source::kafka), world);
  EXPECT_EQ(count(finished, Disposition::dead_lettered), 1U);
  EXPECT_EQ(count(finished, Disposition::done), world.messages - 1);
}

TEST(Kafka, KeepsAnotherPartitionGoing) {
  World world = two_partitions();
  world.stream.maximum_retry_attempts = 0;
  const auto finished = run_world(library(Source::kafka), world);
  for (const Message& message : finished.messages) {
    if (message.disposition == Disposition::dead_lettered) continue;
    EXPECT_EQ(message.disposition, Disposition::done) << message.identifier;
  }
  std::set<std::size_t> failed;
  for (const Message& message : finished.messages) {
    if (message.disposition == Disposition::dead_lettered) failed.insert(message.shard_part);
  }
  EXPECT_EQ(failed.size(), 1U);
}

// Without provisioned pollers Lambda does not read the answer: the record that it names is committed.
TEST(Kafka, LosesWhatIsReportedWhereTheAnswerIsNotRead) {
  World world = two_partitions();
  world.sent_every = std::chrono::milliseconds(0);  // batches of several records
  world.report_batch_item_failures = false;
  EXPECT_EQ(summary_of(run_world(library(Source::kafka), world)).lost, 1U);
  world.report_batch_item_failures = true;
  EXPECT_EQ(summary_of(run_world(library(Source::kafka), world)).lost, 0U);
}

}  // namespace
}  // namespace batchproof::simulator
