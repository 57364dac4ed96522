#include <batchproof/effects.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <batchproof/gtest.hpp>
#include <batchproof/idempotency/memory_store.hpp>
#include <chrono>
#include <stdexcept>
#include <string>

namespace batchproof {
namespace {

using effects::BrokenGuard;
using effects::effect_laws;
using effects::verify_effects;
using fixtures::Source;
using ::testing::HasSubstr;

TEST(VerifyIdempotent, FindsNothingWrongWithIdempotent) {
  MemoryStore store;
  int calls = 0;
  EXPECT_TRUE(verify_idempotent<SqsRecord>(
      [&](const SqsRecord&) { return "receipt " + std::to_string(++calls); }, store, {}, {.worlds = 500}));
  EXPECT_GT(calls, 500);
}

// Processors compare it with the real clock, and start no record behind it.
TEST(VerifyIdempotent, HasDeadlinesThatTheRealClockReachesInDecades) {
  MemoryStore store;
  int calls = 0;
  const auto decades = std::chrono::system_clock::now() + std::chrono::hours(24 * 365 * 20);
  EXPECT_TRUE(verify_idempotent<SqsRecord>(
      [&](const SqsRecord&, const LambdaContext& context) {
        ++calls;
        EXPECT_GT(context.deadline.value(), decades);
      },
      store, {}, {.worlds = 10}));
  EXPECT_GT(calls, 0);
}

TEST(VerifyIdempotent, FindsNothingWrongOnTheOtherSources) {
  MemoryStore store;
  const VerifyIdempotentOptions some{.worlds = 100};
  EXPECT_TRUE(
      verify_idempotent<SqsRecord>([](const SqsRecord&) {}, store, {}, {.fifo = true, .worlds = 100}));
  EXPECT_TRUE(verify_idempotent<KinesisStreamRecord>([](const KinesisStreamRecord&) {}, store, {}, some));
  EXPECT_TRUE(verify_idempotent<DynamoDbRecord>([](const DynamoDbRecord&) {}, store, {}, some));
  EXPECT_TRUE(verify_idempotent<KafkaRecord>([](const KafkaRecord&) {}, store, {}, some));
}

TEST(VerifyIdempotent, RemovesNoItemOfATable) {
  MemoryStore store;
  const auto report = verify_idempotent<DynamoDbRecord>(
      [](const DynamoDbRecord& record) {
        if (!record.new_image()) throw std::invalid_argument("a change without a new image");
      },
      store, {}, {.worlds = 100});
  EXPECT_TRUE(report) << report.text();
}

TEST(VerifyIdempotent, FindsNothingWrongWithCoroutines) {
  MemoryStore store;
  const VerifyIdempotentOptions some{.worlds = 100};
  EXPECT_TRUE(verify_async_idempotent<SqsRecord>(
      [](const SqsRecord& record) -> boost::asio::awaitable<std::string> {
        co_return std::string(record.message_id());
      },
      store, {}, some));
  EXPECT_TRUE(verify_async_idempotent<KinesisStreamRecord>(
      [](const KinesisStreamRecord&) -> boost::asio::awaitable<void> { co_return; }, store, {}, some));
  EXPECT_TRUE(verify_async_idempotent<KafkaRecord>(
      [](const KafkaRecord&) -> boost::asio::awaitable<void> { co_return; }, store, {}, some));
}

TEST(VerifyIdempotent, CatchesAKeyThatRecordsOfKafkaShare) {
  MemoryStore store;
  // An offset is unique in its partition alone.
  const RecordToText offset = [](const KafkaRecord& record) { return std::to_string(record.offset()); };
  const auto report =
      verify_idempotent<KafkaRecord>([](const KafkaRecord&) {}, store, {.key = offset}, {.seed = 1});
  // Records lose their effects to one of another partition, or wait for a claim that is not theirs.
  EXPECT_THAT(report.broken_law(), testing::AnyOf("no-effect-lost", "never-stuck"));
}

TEST(VerifyIdempotent, CatchesACoroutineWhoseClaimIsTooShort) {
  MemoryStore store;
  const auto report = verify_async_idempotent<SqsRecord>(
      [](const SqsRecord&) -> boost::asio::awaitable<void> { co_return; }, store,
      {.in_progress_expires_after = std::chrono::milliseconds(1), .clock_skew = std::chrono::milliseconds(0)},
      {.seed = 1});
  EXPECT_EQ(report.broken_law(), "effect-once");
}

TEST(VerifyIdempotent, KnowsAKeyOfThePayload) {
  MemoryStore store;
  const RecordToText order = [](const SqsRecord& record) { return record.body(); };
  EXPECT_TRUE(verify_idempotent<SqsRecord>([](const SqsRecord&) {}, store, {.key = order},
                                           {.accepted = {"1", "2", "3"}, .effect = order, .worlds = 100}));
}

// A claim of a clock that is behind ends before the function that made it.
TEST(VerifyIdempotent, CatchesAClaimWithoutAllowanceForClocksThatDiffer) {
  for (const std::uint64_t seed : {1U, 2U, 3U}) {
    MemoryStore store;
    const auto report = verify_idempotent<SqsRecord>([](const SqsRecord&) {}, store,
                                                     {.clock_skew = std::chrono::milliseconds(0)},
                                                     {.worlds = 1'000, .seed = seed});
    EXPECT_EQ(report.broken_law(), "effect-once") << seed;
    EXPECT_GT(report.counterexample().smallest.faults.clock_skew, std::chrono::milliseconds(0)) << seed;
  }
}

TEST(VerifyIdempotent, CatchesOptionsThatDoNotHold) {
  MemoryStore store;
  const auto too_short = verify_idempotent<SqsRecord>(
      [](const SqsRecord&) {}, store,
      {.in_progress_expires_after = std::chrono::milliseconds(1), .clock_skew = std::chrono::milliseconds(0)},
      {.seed = 1});
  EXPECT_EQ(too_short.broken_law(), "effect-once");
  const auto one_key = verify_idempotent<SqsRecord>(
      [](const SqsRecord&) {}, store, {.key = [](const SqsRecord&) { return "one for all"; }}, {.seed = 1});
  // Messages lose their effects to the first, or wait for a claim that is not theirs.
  EXPECT_THAT(one_key.broken_law(), testing::AnyOf("no-effect-lost", "never-stuck"));
}

TEST(VerifyIdempotent, WaitsForClaimsThatAreLong) {
  for (const std::chrono::milliseconds claim : {std::chrono::milliseconds(std::chrono::minutes(31)),
                                                std::chrono::milliseconds(std::chrono::hours(5))}) {
    MemoryStore store;
    EXPECT_TRUE(verify_idempotent<SqsRecord>(
        [](const SqsRecord&) {}, store, {.in_progress_expires_after = claim}, {.worlds = 300, .seed = 7}));
  }
}

TEST(VerifyIdempotent, CallsALawFlakyThatIsViolatedOnce) {
  MemoryStore store;
  const auto report = verify_idempotent<SqsRecord>(
      [calls = 0](const SqsRecord&) mutable {
        if (++calls == 40) throw Drop("once");
      },
      store, {}, {.seed = 7});
  EXPECT_FALSE(report.passed());
  EXPECT_THAT(report.text(), testing::HasSubstr("is flaky: violated once, not when its world ran again"));
}

TEST(VerifyEffects, FindsNothingWrongWithTheCorrectGuard) {
  MemoryStore store;
  EXPECT_TRUE(verify_effects(effects::correct_guard, store, Source::sqs, {.worlds = 500}));
}

TEST(VerifyEffects, CatchesEachBrokenGuardByItsLawAloneInASmallWorld) {
  for (const BrokenGuard& guard : effects::broken_guards()) {
    for (const std::uint64_t seed : {1U, 20U, 300U}) {
      const auto store = guard.make_store();
      const auto report = verify_effects(guard.subject, *store, Source::sqs, {.worlds = 200, .seed = seed},
                                         {fixtures::law_named(effects::effect_laws(), guard.law), 1});
      EXPECT_EQ(report.broken_law(), guard.law) << guard.name;
      EXPECT_LE(report.counterexample().smallest.world.messages, 2U) << guard.name;
    }
  }
}

TEST(VerifyEffects, GivesTheSameWorldForTheSameSeed) {
  const BrokenGuard& guard = effects::broken_guards()[1];
  const auto trace_of_run = [&] {
    const auto store = guard.make_store();
    return verify_effects(guard.subject, *store, Source::sqs, {.seed = 7}).counterexample().trace.lines;
  };
  EXPECT_EQ(trace_of_run(), trace_of_run());
}

TEST(VerifyEffects, PrintsTheLawTheWorldItsTraceAndACommand) {
  const BrokenGuard& guard = effects::broken_guards()[1];
  const auto store = guard.make_store();
  const auto report = verify_effects(guard.subject, *store, Source::sqs, {.worlds = 300, .seed = 7});
  EXPECT_FALSE(report);
  for (const char* const part :
       {"the law effect-once is violated", "happened 2 times", " ms  claimed  ", " ms  effect  ",
        "repeat it with\n  BATCHPROOF_SEED=7 BATCHPROOF_CASES=300 "})
    EXPECT_THAT(report.text(), HasSubstr(part));
}

TEST(VerifyEffects, ProvesNothingWithoutAWorld) {
  MemoryStore store;
  const auto report = verify_effects(effects::correct_guard, store, Source::sqs, {.worlds = 0});
  EXPECT_FALSE(report);
  EXPECT_THAT(report.text(), HasSubstr("no world was run"));
}

}  // namespace
}  // namespace batchproof
