#include <gmock/gmock.h>

#include <batchproof/simulator/laws.hpp>
#include <batchproof/simulator/run_world.hpp>
#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

#include "scripted.hpp"

namespace batchproof::simulator {
namespace {

using fixtures::ProcessorClaims;
using fixtures::Source;

void expect_every_law(Source source, const ProcessorClaims& claims) {
  const auto subject = library(source, claims);
  for (std::uint64_t seed = 0; seed < 500; ++seed) {
    World world = random_world(source, seed);
    world.claims = claims;
    const FinishedWorld finished = run_world(subject, world);
    for (const EndToEndLaw& law : end_to_end_laws()) {
      if (!law.applies(world)) continue;
      ASSERT_THAT(law.violations(finished), ::testing::IsEmpty()) << law.id << " " << to_json(world);
    }
  }
}

TEST(LibraryProcessors, KeepTheLawsOnAStandardQueue) {
  expect_every_law(Source::sqs, {});
  expect_every_law(Source::sqs, {.raise_on_entire_batch_failure = false});
}

TEST(LibraryProcessors, KeepTheLawsOnAFifoQueue) {
  expect_every_law(Source::sqs_fifo, {});
  expect_every_law(Source::sqs_fifo, {.skip_group_on_error = true});
}

TEST(LibraryProcessors, KeepTheLawsOnAStream) {
  for (const Source source : {Source::kinesis, Source::dynamodb}) {
    expect_every_law(source, {});
    expect_every_law(source, {.raise_on_entire_batch_failure = false, .stop_on_first_failure = true});
  }
}

TEST(PoisonIsIsolated, SaysHowManySplitsItTook) {
  FinishedWorld finished;
  finished.messages.resize(4);
  for (Message& message : finished.messages) {
    message.deliveries = 1;
    message.disposition = Disposition::done;
  }
  finished.messages[1].identifier = "49";
  finished.messages[1].failures = always;
  finished.messages[1].splits = 5;
  EXPECT_THAT(
      poison_is_isolated.violations(finished),
      ::testing::ElementsAre("\"49\" alone made its batch of 4 fail, and it took 5 splits to find it"));
  finished.messages[1].splits = 3;
  EXPECT_THAT(poison_is_isolated.violations(finished), ::testing::IsEmpty());
}

/// Handles every record, and reports those that failed alone.
template <class Record>
std::string goes_on(std::string_view payload, RecordProbe& work) {
  std::string failures;
  const auto event = decode<Record>(payload);
  for (const Record& record : event.records()) {
    if (work.attempt(record).has_value()) continue;
    failures += (failures.empty() ? "" : ",") +
                (R"({"itemIdentifier":")" + std::string(record.item_identifier())) + "\"}";
  }
  return R"({"batchItemFailures":[)" + failures + "]}";
}

World with_poison(Source source, std::size_t groups) {
  return {.source = source,
          .messages = 20,
          .groups = groups,
          .sent_every = std::chrono::milliseconds(0),
          .stream = {.maximum_retry_attempts = 1},
          .faults = {.poison = 1}};
}

TEST(GroupOrder, IsBrokenBehindPoisonThatComesAgain) {
  const World world = with_poison(Source::sqs_fifo, 1);
  const auto violations = group_order.violations(run_world(goes_on<SqsRecord>, world));
  ASSERT_FALSE(violations.empty());
  EXPECT_THAT(violations.front(), ::testing::EndsWith("before it, of its group, had failed"));
  EXPECT_THAT(group_order.violations(run_world(library(Source::sqs_fifo), world)), ::testing::IsEmpty());
}

// Another group may go on, unless nobody knows whether it did.
TEST(GroupOrder, IsThatOfOneGroupWhereTheCallsAreKnown) {
  World world = with_poison(Source::sqs_fifo, 20);
  EXPECT_THAT(group_order.violations(run_world(goes_on<SqsRecord>, world)), ::testing::IsEmpty());
  world.calls_are_assumed = true;
  EXPECT_THAT(
      group_order.violations(run_world(goes_on<SqsRecord>, world)),
      ::testing::Contains(::testing::EndsWith("of another group, had failed: it was handled, or is lost")));
  world.claims.skip_group_on_error = true;
  EXPECT_THAT(group_order.violations(run_world(goes_on<SqsRecord>, world)), ::testing::IsEmpty());
}

// The failure of its own group says more about a message than that of another group.
TEST(GroupOrder, NamesTheFailureOfTheGroupItself) {
  World world = with_poison(Source::sqs_fifo, 2);
  world.calls_are_assumed = true;
  world.faults.poison = 8;
  std::size_t of_its_own = 0;
  const FinishedWorld finished = run_world(goes_on<SqsRecord>, world);
  for (const Overtaking& overtaking : finished.overtakings) {
    const std::size_t group = finished.messages[overtaking.message].group;
    const bool is_own = finished.messages[overtaking.failed].group == group;
    of_its_own += is_own ? 1 : 0;
    if (is_own) continue;
    // No poison of the group stands before it in the batch, which holds the messages in their order.
    for (std::size_t number = overtaking.failed; number < overtaking.message; ++number)
      EXPECT_FALSE(finished.messages[number].is_poison() && finished.messages[number].group == group);
  }
  EXPECT_GT(of_its_own, 0U);
}

// What must fail anyway is no violation, and takes the place of none.
TEST(NeededRedelivery, ListsAsManyViolationsWhereMuchIsPoison) {
  World world = with_poison(Source::sqs_fifo, 1);
  world.messages = 10 * most_incidents;
  world.calls_are_assumed = true;
  world.faults = {.poison = 5 * most_incidents};
  const auto tries_one_and_reports_all = [](std::string_view payload, RecordProbe& work) {
    std::string failures;
    const auto event = decode<SqsRecord>(payload);
    for (const SqsRecord& record : event.records()) {
      if (record.index() == 0) work.attempt(record);
      failures += (failures.empty() ? "" : ",") +
                  (R"({"itemIdentifier":")" + std::string(record.item_identifier())) + "\"}";
    }
    return R"({"batchItemFailures":[)" + failures + "]}";
  };
  const FinishedWorld finished = run_world(tries_one_and_reports_all, world);
  EXPECT_EQ(needed_redelivery.violations(finished).size(), most_incidents);
}

TEST(KeyOrder, IsBrokenBehindPoisonThatAPipeBringsAgain) {
  World world = with_poison(Source::kinesis_pipe, 1);
  world.claims.stop_on_first_failure = true;
  const auto violations = key_order.violations(run_world(goes_on<KinesisStreamRecord>, world));
  ASSERT_FALSE(violations.empty());
  EXPECT_THAT(violations.front(), ::testing::EndsWith("before it, of its key, had failed"));
  const auto stopping = library(world.source, world.claims);
  EXPECT_THAT(key_order.violations(run_world(stopping, world)), ::testing::IsEmpty());
}

}  // namespace
}  // namespace batchproof::simulator
