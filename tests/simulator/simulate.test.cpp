#include <gmock/gmock.h>

#include <batchproof/simulator.hpp>
#include <cstdlib>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "scripted.hpp"

namespace batchproof::simulator {
namespace {

using fixtures::Source;
using ::testing::AllOf;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;

World troubled(Source source) {
  return {.source = source, .faults = {.poison = 3, .crash_rate = 0.05, .lost_response_rate = 0.05}};
}

TEST(Simulate, IsFiveLinesOfAUsersTest) {
  const World world{.source = Source::sqs_fifo, .seed = 7, .faults = {.poison = 3, .crash_rate = 0.01}};
  EXPECT_TRUE(simulate(library(Source::sqs_fifo), world).expect_no_loss());
  EXPECT_TRUE(simulate(library(Source::sqs_fifo), world));
}

TEST(Simulate, FindsNothingWrongWithTheProcessorsOfThisLibrary) {
  for (const Source source : fixtures::all_sources) {
    const auto report = simulate(library(source), troubled(source));
    EXPECT_TRUE(report.passed());
    EXPECT_EQ(report.broken_law(), "");
    EXPECT_EQ(report.counterexample(), nullptr);
    EXPECT_THAT(report.text(), HasSubstr("every law held\n  100 messages: "));
  }
}

TEST(Simulate, ShowsTheLossWhereFailuresAreNotReported) {
  World world = troubled(Source::sqs);
  world.sent_every = std::chrono::milliseconds(0);
  world.report_batch_item_failures = false;
  const auto report = simulate(library(Source::sqs), world);
  EXPECT_FALSE(report.expect_no_loss());
  EXPECT_EQ(report.broken_law(), "nothing-vanishes");
  ASSERT_NE(report.counterexample(), nullptr);
  EXPECT_LE(report.counterexample()->smallest.messages, 5U);
  EXPECT_THAT(report.text(), AllOf(HasSubstr("the law nothing-vanishes is violated"),
                                   HasSubstr("AWS page  Implementing partial batch responses"),
                                   HasSubstr("no handler had returned normally for it"),
                                   ContainsRegex("\n +[0-9]+ ms  deleted        message [0-4]\n")));
}

TEST(Simulate, ShowsItsTraceInLinesOfATerminal) {
  const Trace trace{
      .lines = {R"({"world":{}})",
                R"({"at":1205,"what":"invoked","invocation":3,"messages":"a b","outcome":"answered",)"
                R"("because":"the event source mapping had a batch","records":2})"}};
  EXPECT_THAT(text_of_trace(trace, {"a", "b"}, false, false),
              HasSubstr("  {\"world\":{}}\n"
                        "    1205 ms  invoked        invocation 3, messages 0 1, outcome answered,\n"
                        "                            because the event source mapping had a batch,\n"
                        "                            records 2\n"));
}

std::string reports_nothing(std::string_view payload, RecordProbe& work) {
  const auto event = decode<SqsRecord>(payload);
  for (const SqsRecord& record : event.records()) work.attempt(record.item_identifier());
  return R"({"batchItemFailures":[]})";
}

TEST(Simulate, ShowsOneOfTheViolationsThatAreAlike) {
  std::vector<std::string> violations;
  for (const char* const message : {"1", "22", "3"})
    violations.push_back(std::string("message ") + message + " (\"m" + message + "\") is lost");
  violations.emplace_back("it is not at rest");
  EXPECT_THAT(text_of_law("comes-to-rest", "In the end all is well.", "", violations, false),
              HasSubstr("  violated  message 1 (\"m1\") is lost (and 2 more like it)\n"
                        "  violated  it is not at rest\n"));
  violations.resize(most_incidents, violations.front());
  EXPECT_THAT(text_of_law("comes-to-rest", "In the end all is well.", "", violations, false),
              HasSubstr("(and 98 more like it)\n"));
  EXPECT_THAT(text_of_law("comes-to-rest", "In the end all is well.", "", violations, true),
              HasSubstr("(and at least 98 more like it)\n"));
}

// The reason of a failure is text of the function.
TEST(Simulate, TellsReasonsApartWhoseQuotesDoNotComeInPairs) {
  const auto text_of = [](const std::vector<std::string>& reasons) {
    std::vector<std::string> violations;
    for (const std::string& reason : reasons)
      violations.push_back("message 1 (\"m1\") came again, which failed as a whole: " + reason);
    return text_of_law("needed-redelivery", "All is needed.", "", violations, false);
  };
  for (const auto& [one, other] : std::vector<std::pair<std::string, std::string>>{
           {"unexpected token \" here: no such table", "unexpected token \" here: access denied"},
           {"a \" b: the disk is full \" c", "a \" b: the key is gone \" c"},
           {"no end of \"a, the disk is full", "no end of \"a, the key is gone"}})
    EXPECT_THAT(text_of({one, other}), AllOf(HasSubstr(one), HasSubstr(other)));
  for (const auto& [one, other] : std::vector<std::pair<std::string, std::string>>{
           {R"(no item "a": it)", R"(no item "b": it)"},
           {R"(no item "a b", and)", R"(no item "it's a \"c\"", and)"},
           {R"(at ("{"partition":"orders-0","offset":16}") it)",
            R"(at ("{"partition":"orders-0","offset":7}") it)"}})
    EXPECT_THAT(text_of({one, other}), AllOf(HasSubstr(one), HasSubstr("(and 1 more like it)")));
}

TEST(Simulate, ReadsAReasonOfManyQuotesOnce) {
  std::string reason;
  for (int quote = 0; quote < 300'000; ++quote) reason += " \"a";
  EXPECT_THAT(text_of_law("comes-to-rest", "In the end all is well.", "", {reason, reason}, false),
              HasSubstr("(and 1 more like it)"));
}

TEST(Simulate, NamesMessagesInTheTraceByTheirNumbers) {
  const Trace trace{
      .lines = {R"({"world":{}})",
                R"({"at":0,"what":"invoked","invocation":7,"messages":"m1 m0 other","last":true})",
                R"({"at":2000,"what":"visible_again","message":"m1"})", "not JSON"}};
  EXPECT_THAT(text_of_trace(trace, {"m0", "m1"}, false, false),
              ::testing::EndsWith("\n"
                                  "  {\"world\":{}}\n"
                                  "       0 ms  invoked        invocation 7, messages 1 0 other, last true\n"
                                  "    2000 ms  visible_again  message 1\n"
                                  "  not JSON\n"));
}

/// A violation may quote the exception of a function.
TEST(Simulate, CannotControlATerminal) {
  const SimulationCounterexample found{.law = &nothing_skipped, .violations = {"it failed: \x1b[2J\u202E"}};
  EXPECT_THAT(found.text(), HasSubstr(R"(  violated  it failed: \x1B[2J\u202E)"));
}

TEST(Simulate, CountsNoViolationsThatItLeftOut) {
  const auto report_of = [](std::size_t messages) {
    const World world{.source = Source::sqs,
                      .messages = messages,
                      .sent_every = std::chrono::milliseconds(0),
                      .faults = {}};
    const auto reports_all = [](std::string_view payload, RecordProbe& work) -> std::string {
      const auto event = decode<SqsRecord>(payload);
      for (const SqsRecord& record : event.records()) work.attempt(record.item_identifier());
      return "no JSON";
    };
    const SmallerWorlds none{.are_over = [] { return true; }};
    return simulate(reports_all, world, {}, none);
  };
  EXPECT_THAT(report_of(5).text(), ::testing::Not(HasSubstr("at least")));
  const auto report = report_of(2 * most_incidents);
  ASSERT_NE(report.counterexample(), nullptr);
  EXPECT_EQ(report.broken_law(), "needed-redelivery");
  EXPECT_TRUE(report.counterexample()->may_be_more);
  EXPECT_THAT(report.text(), HasSubstr("(and at least 99 more like it)"));
}

TEST(Simulate, GivesUpTheSearchForASmallerWorldWhenItIsTold) {
  int worlds = 0;
  const SmallerWorlds smaller{.function = FunctionUnderTest(library(Source::sqs)),
                              .are_over = [&worlds] { return ++worlds == 3; }};
  const auto report = simulate(reports_nothing, troubled(Source::sqs), {}, smaller);
  ASSERT_NE(report.counterexample(), nullptr);
  EXPECT_EQ(worlds, 3);
  EXPECT_TRUE(report.counterexample()->was_search_cut);
  EXPECT_EQ(to_json(report.counterexample()->smallest), to_json(report.counterexample()->found_in));
  EXPECT_FALSE(report.counterexample()->violations.empty()) << "those of the function, and not of the other";
  EXPECT_THAT(report.text(), HasSubstr("the search for a smaller one was given up"));
}

TEST(Simulate, TriesAsManySmallerWorldsAsItIsTold) {
  const auto worlds_with = [](std::uint64_t seeds) {
    int worlds = 0;
    const auto count = [&worlds] {
      ++worlds;
      return false;
    };
    const SmallerWorlds smaller{
        .function = FunctionUnderTest(library(Source::sqs)), .are_over = count, .seeds = seeds};
    World world = troubled(Source::sqs);
    world.messages = 4;
    EXPECT_FALSE(simulate(reports_nothing, world, {}, smaller).counterexample()->was_search_cut);
    return worlds;
  };
  EXPECT_EQ(worlds_with(2), 2 * worlds_with(1));
}

/// Streams whose poison is delivered again until the stream forgets it, a thousand times.
World without_end(Source source) {
  return {
      .source = source, .stream = {.maximum_retry_attempts = -1}, .faults = {.poison = 3, .flaky_rate = 0.3}};
}

TEST(Simulate, ShowsFewMessagesOfAStreamThatRetriesWithoutEnd) {
  const auto reports_the_last = [](std::string_view payload, RecordProbe& work) -> std::string {
    std::string last;
    const auto event = decode<KinesisStreamRecord>(payload);
    for (const KinesisStreamRecord& record : event.records()) {
      try {
        work(record);
      } catch (...) {
        last = R"({"itemIdentifier":")" + std::string(record.sequence_number()) + R"("})";
      }
    }
    return R"({"batchItemFailures":[)" + last + "]}";
  };
  const auto report = simulate(reports_the_last, without_end(Source::kinesis));
  EXPECT_EQ(report.broken_law(), "nothing-skipped");
  ASSERT_NE(report.counterexample(), nullptr);
  EXPECT_LE(report.counterexample()->smallest.messages, 2U);
  EXPECT_LE(report.counterexample()->trace.lines.size(), 20U);
}

TEST(Simulate, ShowsFewMessagesOfAQueueWithoutADeadLetterQueue) {
  World world{.queue = {.max_receive_count = std::nullopt, .retention = std::chrono::hours(24)}};
  world.faults = {.poison = 3, .flaky_rate = 0.3};
  const auto forgets_what_came_often = [](std::string_view payload, RecordProbe& work) -> std::string {
    const auto event = decode<SqsRecord>(payload);
    for (const SqsRecord& record : event.records()) {
      if (*record.attributes().approximate_receive_count() < 3) work(record);
    }
    return "{}";
  };
  const auto report = simulate(forgets_what_came_often, world);
  ASSERT_NE(report.counterexample(), nullptr);
  EXPECT_LE(report.counterexample()->smallest.messages, 2U);
  EXPECT_LE(report.counterexample()->trace.lines.size(), 30U);
}

TEST(Simulate, CallsWhatComesTooOftenNoLoss) {
  const auto report = simulate(answers({R"({"batchItemFailures":[{"itemIdentifier":""}]})"}, "x"),
                               {.messages = 5, .sent_every = std::chrono::milliseconds(0), .faults = {}});
  EXPECT_FALSE(report.passed());
  EXPECT_TRUE(report.expect_no_loss());
}

TEST(Simulate, RefusesAWorldThatCannotExist) {
  EXPECT_THROW((void)simulate(library(Source::sqs), {.batch_size = 0}), ImpossibleWorld);
}

TEST(SimulateRandomWorlds, ProvesNothingWithoutAWorld) {
  const auto report =
      simulate_random_worlds([] { return library(Source::sqs); }, Source::sqs, {}, {.worlds = 0});
  EXPECT_FALSE(report.passed());
  EXPECT_FALSE(report.expect_no_loss());
}

TEST(SimulateRandomWorlds, RefusesALawThatDoesNotExistAndWorldsWithoutMessages) {
  const auto make = [] { return library(Source::sqs); };
  EXPECT_THROW((void)simulate_random_worlds(make, Source::sqs, {}, {.law = "nothing-vanish"}),
               std::invalid_argument);
  EXPECT_THROW((void)simulate_random_worlds(make, Source::sqs, {}, {.most_messages = 0}),
               std::invalid_argument);
}

TEST(SimulateRandomWorlds, SaysNothingOfLossWhenAnotherLawAloneJudges) {
  const auto judged_by = [](std::string_view law) {
    return simulate_random_worlds(reports_nothing, Source::sqs, {}, {.worlds = 20, .law = law});
  };
  EXPECT_TRUE(judged_by("group-order").passed());
  EXPECT_THAT(judged_by("group-order").text(), HasSubstr("the law group-order held"));
  EXPECT_THAT(judged_by("group-order").expect_no_loss().text(), HasSubstr("only the law group-order judged"));
  EXPECT_FALSE(judged_by("group-order").expect_no_loss());
  EXPECT_FALSE(judged_by("nothing-vanishes").expect_no_loss());
}

// Messages that wait behind others until they expire are no fault of the processor.
TEST(Simulate, AccusesNobodyWhenTheBacklogTakesLongerThanTheRetention) {
  const World world{.source = Source::sqs,
                    .messages = 194,
                    .batch_size = 1,
                    .function_timeout = std::chrono::seconds(60),
                    .handler_time = std::chrono::seconds(36),
                    .queue = {.visibility_timeout = std::chrono::minutes(6),
                              .retention = std::chrono::hours(1),
                              .concurrency = 1}};
  const auto report = simulate(library(Source::sqs), world);
  EXPECT_TRUE(report.passed()) << report.text();
}

// Such a batch times out however often it comes again, until its messages expire.
TEST(Simulate, BlamesNoFunctionForBatchesThatTakeTooLong) {
  World world{.messages = 20,
              .sent_every = std::chrono::milliseconds(0),
              .batch_size = 10,
              .handler_time = std::chrono::seconds(1),
              .queue = {.max_receive_count = std::nullopt, .retention = std::chrono::hours(1)},
              .faults = {}};
  const auto report = simulate(library(Source::sqs), world);
  EXPECT_TRUE(report) << report.text();
  EXPECT_EQ(report.finished().messages[0].disposition, Disposition::expired);
}

// A batch that the deadline ends splits as often as the time is too short for what is left.
TEST(Simulate, DoesNotCountSplitsThatTheDeadlineMade) {
  World world{.source = Source::kinesis,
              .messages = 16,
              .groups = 1,
              .sent_every = std::chrono::milliseconds(0),
              .batch_size = 16,
              .function_timeout = std::chrono::seconds(6),
              .handler_time = std::chrono::seconds(2),
              .stream = {.shards = 1, .bisect_on_error = true},
              .faults = {.poison = 1}};
  world.claims.reserve = std::chrono::seconds(3);
  for (world.seed = 1; world.seed <= 20; ++world.seed) {
    const auto report = simulate(library(world.source, world.claims), world);
    EXPECT_TRUE(report.passed()) << report.text();
  }
}

/// Each event of the worlds of a shard, a hundred messages at most.
std::multiset<std::string> events_of(const fixtures::Shard& shard) {
  std::multiset<std::string> events;
  const auto processor = library(Source::kinesis);
  const auto report = simulate_random_worlds(
      [&](std::string_view payload, RecordProbe& work) {
        events.emplace(payload);
        return processor(payload, work);
      },
      Source::kinesis, {}, {.worlds = 20, .shard = shard});
  EXPECT_TRUE(report.passed()) << report.text();
  EXPECT_EQ(report.worlds(), shard.part_of(20));
  return events;
}

TEST(SimulateRandomWorlds, AreAllowedByAwsForALongReserveToo) {
  const fixtures::ProcessorClaims claims{.reserve = std::chrono::minutes(10)};
  const auto report =
      simulate_random_worlds(library(Source::sqs, claims), Source::sqs, claims, {.worlds = 5, .seed = 7});
  EXPECT_EQ(report.worlds(), 5U);
  EXPECT_NO_THROW((void)simulate_random_worlds(library(Source::sqs_pipe, claims), Source::sqs_pipe, claims,
                                               {.worlds = 5, .seed = 7}));
}

TEST(SimulateRandomWorlds, RunsAllWorldsInShards) {
  std::multiset<std::string> events;
  for (std::size_t index = 0; index < 3; ++index) {
    auto part = events_of({.index = index, .count = 3});
    EXPECT_FALSE(part.empty());
    events.merge(part);
  }
  EXPECT_EQ(events, events_of({}));
}

TEST(SimulateRandomWorlds, RunsTheShardOfTheEnvironment) {
  setenv("BATCHPROOF_SHARD", "1/4", 1);
  const auto report = simulate_random_worlds(library(Source::sqs), Source::sqs, {}, {.worlds = 8});
  unsetenv("BATCHPROOF_SHARD");
  EXPECT_EQ(report.worlds(), 2U);
  EXPECT_THAT(report.text(), HasSubstr("held in 2 worlds, shard 1/4"));
}

}  // namespace
}  // namespace batchproof::simulator
