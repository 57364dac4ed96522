#include <gmock/gmock.h>

#include <batchproof/batch.hpp>
#include <batchproof/fixtures/library_processor.hpp>
#include <batchproof/fixtures/record_probe.hpp>
#include <batchproof/fixtures/sqs_message.hpp>
#include <batchproof/simulator/run_world.hpp>
#include <set>

#include "scripted.hpp"

namespace batchproof::simulator {
namespace {

using fixtures::Source;
using std::chrono::seconds;

TEST(StandardQueue, ProcessesEachMessageOnceWhereNothingGoesWrong) {
  const Summary summary = summary_of(run_world(library(Source::sqs), {.messages = 95, .faults = {}}));
  EXPECT_EQ(summary.processed, 95U);
  EXPECT_EQ(summary.deliveries, 95U);
  EXPECT_EQ(summary.redeliveries + summary.wasted_calls + summary.dead_lettered + summary.lost, 0U);
}

TEST(StandardQueue, DeliversAFailedMessageAgainWhenItIsVisibleAgain) {
  const auto finished =
      run_world(reports_first(R"({"itemIdentifier":")", "\"}"), {.messages = 1, .faults = {}});
  ASSERT_TRUE(finished.at_rest);
  EXPECT_EQ(finished.messages[0].deliveries, 2U);
  EXPECT_EQ(finished.messages[0].disposition, Disposition::done);
  EXPECT_GE(finished.ended_at, seconds(30));
}

TEST(StandardQueue, DeadLettersWhatWasReceivedTooOften) {
  const auto finished = run_world(library(Source::sqs), {.messages = 20, .faults = {.poison = 2}});
  const Summary summary = summary_of(finished);
  EXPECT_EQ(summary.dead_lettered, 2U);
  EXPECT_EQ(summary.processed, 18U);
  for (const Message& message : finished.messages)
    EXPECT_EQ(message.deliveries, message.is_poison() ? 5U : 1U) << message.identifier;
}

TEST(StandardQueue, HasNoFlakyMessagesOnceItsFaultsHaveHealed) {
  World world{.messages = 20, .faults = {.flaky_rate = 1, .flaky_failures = 1}};
  world.faults.heal_after = seconds(0);
  EXPECT_EQ(summary_of(run_world(library(Source::sqs), world)).deliveries, 20U);
}

TEST(StandardQueue, KeepsPoisonUntilItExpiresWithoutADeadLetterQueue) {
  const auto finished = run_world(library(Source::sqs),
                                  {.messages = 1,
                                   .queue = {.max_receive_count = std::nullopt, .retention = seconds(300)},
                                   .faults = {.poison = 1}});
  EXPECT_EQ(finished.messages[0].disposition, Disposition::expired);
  EXPECT_EQ(finished.messages[0].deliveries, 10U);
}

TEST(StandardQueue, DeliversDuplicates) {
  const Summary summary = summary_of(run_world(library(Source::sqs), {.faults = {.duplicate_rate = 0.5}}));
  EXPECT_EQ(summary.processed, 100U);
  EXPECT_GT(summary.wasted_calls, 10U);
}

TEST(StandardQueue, WaitsForABatchToBecomeFull) {
  const World world{.messages = 20, .batch_size = 20, .batch_window = seconds(1), .faults = {}};
  EXPECT_EQ(run_world(library(Source::sqs), world).invocations, 1U);
}

TEST(Deliveries, AreReportedWithTheirOutcomes) {
  std::vector<Delivery> reported;
  const World world{.messages = 2, .sent_every = seconds(0), .batch_size = 10, .faults = {.flaky_rate = 1}};
  run_world(library(Source::sqs), world, {}, [&](const Delivery& delivery) {
    EXPECT_NE(delivery.failed_because.empty(), reported.size() < 2);
    reported.push_back(delivery);
  });
  ASSERT_EQ(reported.size(), 4U);
  for (std::size_t number = 0; number < reported.size(); ++number) {
    const bool is_again = number >= 2;
    EXPECT_EQ(reported[number].outcome, is_again ? HandlerOutcome::succeeded : HandlerOutcome::failed);
    EXPECT_EQ(reported[number].began, seconds(is_again ? 30 : 0));
    EXPECT_EQ(reported[number].released, is_again ? reported[number].ended : seconds(30));
  }
}

TEST(Deliveries, AreTheSameFiguresAsTheLivesOfTheMessages) {
  for (const Source source : fixtures::all_sources) {
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
      std::uint64_t delivered = 0;
      std::uint64_t tried = 0;
      const auto summary = summary_of(
          run_world(library(source), random_world(source, seed), {}, [&](const Delivery& delivery) {
            delivered += 1;
            tried += delivery.outcome != HandlerOutcome::not_handled ? 1 : 0;
          }));
      EXPECT_EQ(delivered, summary.deliveries);
      EXPECT_EQ(tried, summary.handler_calls);
    }
  }
}

TEST(Response, ThatIsTakenForSuccessDeletesTheBatch) {
  for (const char* response :
       {R"({"batchItemFailures":[]})", R"({"batchItemFailures":null})", "{}", "null"}) {
    const auto finished =
        run_world(answers({}, response), {.messages = 3, .sent_every = seconds(0), .faults = {}});
    EXPECT_EQ(finished.invocations, 1U) << response;
    EXPECT_EQ(finished.messages[2].disposition, Disposition::done) << response;
  }
}

TEST(Response, ThatCannotBeReadFailsTheBatch) {
  for (const char* response :
       {R"({"batchItemFailures":[{"itemIdentifier":""}]})",
        R"({"batchItemFailures":[{"itemIdentifier":null}]})",
        R"({"batchItemFailures":[{"itemIdentifier":"no-such-record"}]})", R"({"batchItemFailures":[)", ""}) {
    const World world{.messages = 3, .sent_every = seconds(0), .faults = {}};
    const auto finished = run_world(answers({response}), world);
    EXPECT_EQ(finished.invocations, 2U) << response;
    for (const Message& message : finished.messages) EXPECT_EQ(message.deliveries, 2U) << response;
  }
}

TEST(Response, WhoseKeyIsMisspeltFailsTheBatch) {
  const World world{.messages = 3, .sent_every = seconds(0), .faults = {}};
  const auto finished = run_world(reports_first(R"({"itemIdentifer":")", "\"}"), world);
  EXPECT_EQ(finished.invocations, 2U);
}

TEST(Response, ThatIsDamagedFailsTheBatch) {
  std::set<std::string> reasons;
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    World world{.seed = seed,
                .messages = 3,
                .sent_every = seconds(0),
                .batch_size = 10,
                .faults = {.malformed_response_rate = 1}};
    world.faults.heal_after = seconds(1);
    const auto finished = run_world(library(Source::sqs), world, {}, [&](const Delivery& delivery) {
      if (delivery.invocation == 0) reasons.emplace(delivery.failed_because.substr(0, 20));
    });
    EXPECT_EQ(finished.invocations, 2U);
    for (const Message& message : finished.messages) {
      EXPECT_EQ(message.successes, 2U);
      EXPECT_EQ(message.disposition, Disposition::done);
    }
  }
  EXPECT_EQ(reasons.size(), 3U) << ::testing::PrintToString(
      reasons);  // no identifier, a strange one, no JSON
}

TEST(Event, OfAQueueIsWhatTheFixturesWriteOfItsMessages) {
  for (const Source source : {Source::sqs, Source::sqs_fifo}) {
    const auto compare = [source](std::string_view payload, RecordProbe&) -> std::string {
      fixtures::BatchCase written{source, {}};
      const auto event = decode<SqsRecord>(payload);
      for (const SqsRecord& record : event.records()) {
        fixtures::SqsMessage message{.message_id = std::string(record.message_id()),
                                     .body = std::string(record.body()),
                                     .event_source_arn = std::string(record.event_source_arn())};
        const SqsAttributes attributes = record.attributes();
        message.approximate_receive_count = attributes.approximate_receive_count();
        message.receipt_handle = record.receipt_handle();
        const auto sent = attributes.sent_timestamp()->time_since_epoch();
        message.sent_timestamp = std::chrono::duration_cast<std::chrono::milliseconds>(sent);
        const auto received = attributes.approximate_first_receive_timestamp()->time_since_epoch();
        message.approximate_first_receive_timestamp =
            std::chrono::duration_cast<std::chrono::milliseconds>(received);
        message.message_group_id = attributes.message_group_id();
        message.message_deduplication_id = attributes.message_deduplication_id();
        message.sequence_number = attributes.sequence_number();
        written.records.push_back(fixtures::to_case_record(message));
      }
      EXPECT_EQ(payload, written.payload());
      return {};  // no JSON, so that the service delivers the messages again
    };
    World world{.source = source, .messages = 30, .faults = {.poison = 3}};
    world.accepted = {R"(quotes: "\")", "9000000000000000", "9000000000000010"};
    world.rejected = {"refused"};
    world.most_invocations = 40;
    run_world(compare, world);
  }
}

TEST(Message, HasIdentifiersAsAwsMakesThem) {
  for (const Source source : {Source::sqs, Source::sqs_fifo}) {
    std::set<std::string> receipts;
    std::size_t received = 0;
    const auto subject = [&](std::string_view payload, RecordProbe&) -> std::string {
      const auto event = decode<SqsRecord>(payload);
      for (const SqsRecord& record : event.records()) {
        const SqsAttributes attributes = record.attributes();
        receipts.emplace(record.receipt_handle());
        received += 1;
        EXPECT_THAT(
            std::string(record.message_id()),
            ::testing::MatchesRegex("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"));
        EXPECT_NE(record.message_id(), attributes.message_deduplication_id());
        EXPECT_LT(*attributes.sent_timestamp(), *attributes.approximate_first_receive_timestamp());
      }
      return received < 60 ? "no JSON" : "{}";
    };
    run_world(subject, {.source = source, .messages = 20, .faults = {}});
    EXPECT_GE(received, 60U);
    EXPECT_EQ(receipts.size(), received);
  }
}

TEST(Event, IsNoLargerThanItsLimitAndNearlyAsLarge) {
  for (const Source source : fixtures::all_sources) {
    std::size_t largest = 0;
    const auto inner = library(source);
    const auto subject = [&](std::string_view payload, RecordProbe& probe) {
      largest = std::max(largest, payload.size());
      return inner(payload, probe);
    };
    const std::size_t limit = source == Source::kafka ? 1'800 : 3'000;  // its records are the smallest
    const World world{
        .source = source, .groups = 50, .sent_every = seconds(0), .payload_limit = limit, .faults = {}};
    const auto finished = run_world(subject, world);
    EXPECT_LE(largest, limit);
    EXPECT_GT(largest, limit * 2 / 3);
    EXPECT_GT(finished.invocations, 10U);
    EXPECT_EQ(summary_of(finished).processed, 100U);
  }
}

TEST(Event, IsNoLargerThanItsLimitInAnyWorld) {
  for (const Source source : fixtures::all_sources) {
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
      World world = random_world(source, seed);
      world.payload_limit = 3'000;
      const auto inner = library(source);
      run_world(
          [&](std::string_view payload, RecordProbe& probe) {
            EXPECT_LE(payload.size(), 3'000U);
            return inner(payload, probe);
          },
          world);
    }
  }
}

TEST(Event, HoldsOneRecordThatIsTooLarge) {
  for (const Source source : fixtures::all_sources)
    EXPECT_EQ(run_world(library(source), {.source = source, .payload_limit = 1, .faults = {}}).invocations,
              100U);
}

TEST(Event, ThatIsFullDoesNotWaitForTheWindow) {
  for (const Source source : {Source::sqs, Source::kinesis}) {
    const World world{.source = source,
                      .messages = 21,
                      .groups = 1,
                      .sent_every = seconds(0),
                      .batch_size = 100,
                      .batch_window = seconds(100),
                      .payload_limit = 5'000,
                      .faults = {}};
    std::vector<Delivery> reported;
    run_world(library(source), world, {}, [&](const Delivery& delivery) { reported.push_back(delivery); });
    EXPECT_LT(reported.front().began, seconds(1));
    EXPECT_GE(reported.back().began, seconds(100));
  }
}

TEST(Response, ThatIsNotReadDeletesWhatFailed) {
  const World world{
      .messages = 20, .sent_every = seconds(0), .report_batch_item_failures = false, .faults = {.poison = 2}};
  const Summary summary = summary_of(run_world(library(Source::sqs), world));
  EXPECT_EQ(summary.lost, 2U);
  EXPECT_EQ(summary.deliveries, 20U);
}

TEST(FifoQueue, HasOneBatchOfAGroupInFlight) {
  std::size_t running = 0;
  const auto subject = [&](std::string_view, RecordProbe&) -> std::string {
    running += 1;
    return "{}";
  };
  const World world{.source = Source::sqs_fifo,
                    .messages = 30,
                    .groups = 1,
                    .sent_every = seconds(0),
                    .handler_time = seconds(1),
                    .faults = {}};
  const auto finished = run_world(subject, world);
  EXPECT_EQ(running, 3U);
  EXPECT_GE(finished.ended_at.count(), 3);  // one after the other
}

TEST(FifoQueue, TakesAMessageOnceThatIsSentTwice) {
  const World world{.source = Source::sqs_fifo, .faults = {.resend_rate = 1}};
  std::size_t refused = 0;
  const auto finished = run_world(library(Source::sqs_fifo), world, [&](std::string_view line) {
    if (line.find("\"what\":\"deduplicated\"") != std::string_view::npos) ++refused;
  });
  EXPECT_EQ(refused, 100U);
  for (const Message& message : finished.messages) {
    EXPECT_EQ(message.deliveries, 1U) << message.identifier;
    EXPECT_EQ(message.successes, 1U) << message.identifier;
  }
}

TEST(FifoQueue, BurnsTheReceiveCountOfNeighboursThatAreNeverTried) {
  const World world{.source = Source::sqs_fifo,
                    .messages = 10,
                    .groups = 1,
                    .sent_every = seconds(0),
                    .faults = {.poison = 1}};
  bool seen = false;
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    World drawn = world;
    drawn.seed = seed;
    const Summary summary = summary_of(run_world(library(Source::sqs_fifo), drawn));
    EXPECT_EQ(summary.lost, 0U);
    seen = seen || summary.never_tried > 0;
  }
  EXPECT_TRUE(seen);
}

}  // namespace
}  // namespace batchproof::simulator
