#include <gmock/gmock.h>

#include <batchproof/simulator.hpp>
#include <string>
#include <vector>

#include "scripted.hpp"

namespace batchproof::simulator {
namespace {

using std::chrono::seconds;
using ::testing::ElementsAre;

/// One message, whose first invocation crashes.
World with_a_crash() {
  World world{.messages = 1, .batch_size = 10, .faults = {.crash_rate = 1}};
  world.faults.heal_after = seconds(1);
  return world;
}

/// Notes what it does: when it begins, when its work is done or threw, and when it is cleaned up.
fixtures::Subject noting(std::vector<std::string>& notes) {
  return [&notes](std::string_view payload, RecordProbe& work) -> std::string {
    struct CleanUp {
      std::vector<std::string>& notes;
      ~CleanUp() { notes.emplace_back("cleaned up"); }
    };
    notes.emplace_back("begun");
    const CleanUp clean_up{notes};
    const auto event = decode<SqsRecord>(payload);
    try {
      work(event.records()[0].message_id());
      notes.emplace_back("done");
    } catch (const std::exception&) {
      notes.emplace_back("failed");
    } catch (...) {
      notes.emplace_back("ended");
    }
    return "{}";
  };
}

TEST(Instance, IsLeftInTheCallInWhichItCrashes) {
  std::vector<std::string> notes;
  const auto finished = run_world([&] { return noting(notes); }, with_a_crash());
  EXPECT_EQ(finished.messages[0].successes, 1U);
  EXPECT_THAT(notes, ElementsAre("begun", "begun", "done", "cleaned up", "ended", "cleaned up"));
}

TEST(Instance, IsNewAfterACrash) {
  int made = 0;
  run_world([&] { return ++made, library(fixtures::Source::sqs); }, with_a_crash());
  EXPECT_EQ(made, 2);
}

TEST(Instance, LastsWhereNothingEndsIt) {
  int made = 0;
  World world{.faults = {.poison = 3, .flaky_rate = 0.5, .lost_response_rate = 0.5}};
  run_world([&] { return ++made, library(fixtures::Source::sqs); }, world);
  EXPECT_EQ(made, 1);
}

TEST(Instance, KeepsItsMemoryWhereItsHandlersMightTakeTooLong) {
  World world{.messages = 30, .batch_size = 10, .handler_time = seconds(1), .faults = {}};
  std::size_t calls = 0;
  const auto forgets_all_but_one = [&] {
    return [&calls, called = std::size_t{0}](std::string_view, RecordProbe&) mutable -> std::string {
      calls = ++called;
      return "{}";
    };
  };
  EXPECT_EQ(run_world(forgets_all_but_one, world).invocations, calls);
}

TEST(Instance, EndsWhenItsHandlersTakeTooLong) {
  World world{.messages = 8, .sent_every = seconds(0), .batch_size = 10, .handler_time = seconds(1)};
  world.faults = {};
  world.queue.max_receive_count = 2;
  int made = 0;
  const auto finished = run_world([&] { return ++made, library(fixtures::Source::sqs); }, world);
  EXPECT_EQ(made, 3);
  EXPECT_EQ(finished.invocations, 2U);
  EXPECT_EQ(summary_of(finished).dead_lettered, 8U);
}

TEST(Subject, ThatStandsAloneLeavesACrashByAnException) {
  std::vector<std::string> notes;
  run_world(noting(notes), with_a_crash());
  EXPECT_THAT(notes, ElementsAre("begun", "ended", "cleaned up", "begun", "done", "cleaned up"));
}

TEST(Function, BeginsEachWorldWithAnEmptyTable) {
  int tables = 0;
  const FunctionUnderTest function = [&tables] {
    ++tables;
    return MakeSubject([] { return library(fixtures::Source::sqs); });
  };
  run_world(function, with_a_crash());
  run_world(function, with_a_crash());
  EXPECT_EQ(tables, 2);
}

TEST(Deadline, IsTheFunctionsTimeoutInVirtualTime) {
  std::vector<std::chrono::milliseconds> left;
  const auto subject = [&left](std::string_view payload, RecordProbe& work) -> std::string {
    const auto event = decode<SqsRecord>(payload);
    for (const SqsRecord& record : event.records()) {
      left.push_back(*work.context().remaining_time(work.clock()()));
      EXPECT_GE(work.clock()(), *record.attributes().sent_timestamp());
      work(record.message_id());
    }
    return "{}";
  };
  const World world{.messages = 2,
                    .sent_every = seconds(0),
                    .batch_size = 10,
                    .function_timeout = seconds(9),
                    .handler_time = seconds(2),
                    .queue = {.visibility_timeout = seconds(30)},
                    .faults = {}};
  run_world(subject, world);
  EXPECT_THAT(left, ElementsAre(seconds(9), seconds(7)));
}

}  // namespace
}  // namespace batchproof::simulator
