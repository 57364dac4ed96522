#include <batchproof/idempotency/idempotent.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <batchproof/batch.hpp>
#include <batchproof/idempotency/memory_store.hpp>
#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

#include "receipts.hpp"

namespace batchproof {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

std::string event_of(const std::vector<std::pair<std::string, std::string>>& ids_and_bodies) {
  std::string event = R"({"Records":[)";
  for (const auto& [id, body] : ids_and_bodies) {
    event += (event.back() == '[' ? "" : ",") + (R"({"messageId":")" + id) + R"(","body":")" + body +
             R"(","eventSource":"aws:sqs"})";
  }
  return event + "]}";
}

const BatchProcessor<SqsRecord> quiet_processor{{.raise_on_entire_batch_failure = false}};

/// The outcome of one message.
template <class Handler>
std::string outcome_of(const Handler& handler, const std::string& id, const std::string& body = "teapot",
                       const LambdaContext& context = {}) {
  const auto event = decode<SqsRecord>(event_of({{id, body}}));
  const auto batch = quiet_processor.process(event, handler, context);
  const auto& message = batch.messages()[0];
  if (message.status == Status::settled) return "settled: " + message.cause;
  if (message.status == Status::failure) return message.cause;
  if constexpr (requires { message.result; }) {
    return nlohmann::json(*message.result).dump();
  } else {
    return "done";
  }
}

struct IdempotentHandler : ::testing::Test {
  MemoryStore store;
  int effects = 0;
  std::chrono::system_clock::time_point time = std::chrono::system_clock::from_time_t(1'800'000'000);
  Clock clock = [this] { return time; };
};

TEST_F(IdempotentHandler, RemembersForEverWhatDoesNotExpire) {
  for (const auto expires_after :
       {std::chrono::milliseconds::max(), std::chrono::milliseconds(24h * 365 * 300)}) {
    MemoryStore own_store;
    effects = 0;
    const auto handler = idempotent([&](const SqsRecord&) { return ++effects; }, own_store,
                                    {.expires_after = expires_after, .clock = clock});
    EXPECT_EQ(outcome_of(handler, "m1"), "1");
    time += 24h * 365 * 100;
    EXPECT_EQ(outcome_of(handler, "m1"), "1");
    EXPECT_EQ(effects, 1);
    time -= 24h * 365 * 100;
  }
}

TEST_F(IdempotentHandler, KeepsItsClaimHoweverLongItBlocks) {
  const auto longest = std::chrono::milliseconds::max();
  std::string outcome_within;
  const std::function<void(const SqsRecord&)> deliver_again = [&](const SqsRecord&) {
    if (++effects > 1) return;
    time += 24h * 365 * 100;
    outcome_within = outcome_of(idempotent(deliver_again, store, {.clock = clock}), "m1");
  };
  const auto handler = idempotent(deliver_again, store,
                                  {.in_progress_expires_after = longest,
                                   .clock_skew = longest,
                                   .store_time_limit = longest,
                                   .clock = clock});
  EXPECT_EQ(outcome_of(handler, "m1"), "done");
  EXPECT_THAT(outcome_within, HasSubstr("is being handled"));
}

TEST_F(IdempotentHandler, FailsWhereAnEffectWouldBeSkippedForThatOfAnotherHandler) {
  int mails = 0;
  const auto charge = idempotent([&](const SqsRecord&) { ++effects; }, store);
  const auto mail = idempotent([&](const SqsRecord&) { ++mails; }, store);
  const auto handler = [&](const SqsRecord& record, const LambdaContext& context) {
    charge(record, context);
    mail(record, context);
  };
  EXPECT_THAT(outcome_of(handler, "m1"),
              HasSubstr("give each effect that is guarded by itself its own .prefix"));
  EXPECT_THAT(outcome_of(handler, "m1"), HasSubstr("belongs to another handler"));
  const auto mail_by_itself = idempotent([&](const SqsRecord&) { ++mails; }, store, {.prefix = "mail"});
  const auto mended = [&](const SqsRecord& record, const LambdaContext& context) {
    charge(record, context);
    mail_by_itself(record, context);
  };
  EXPECT_EQ(outcome_of(mended, "m1"), "done");
  EXPECT_EQ(effects, 1);
  EXPECT_EQ(mails, 1);
}

/// Two instances of a function, and one after the other, may share a store.
TEST_F(IdempotentHandler, MayBeMadeAgainForTheSameEffect) {
  const auto handle = [&](const SqsRecord&) { ++effects; };
  const auto first = idempotent(handle, store);
  const auto second = idempotent(handle, store);
  EXPECT_EQ(outcome_of(first, "m1"), "done");
  EXPECT_EQ(outcome_of(second, "m1"), "done");
  EXPECT_EQ(outcome_of(idempotent([&](const SqsRecord&) { ++effects; }, store), "m2"), "done");
  EXPECT_EQ(outcome_of(idempotent([&](const SqsRecord&) { ADD_FAILURE(); }, store), "m2"), "done");
  EXPECT_EQ(effects, 2);
}

TEST_F(IdempotentHandler, FailsARecordOfATypeThatItsKeyDoesNotTake) {
  const auto handler =
      idempotent([&](const SqsRecord&) { ++effects; }, store,
                 {.key = [](const KinesisStreamRecord& record) { return record.event_id(); }});
  EXPECT_THAT(outcome_of(handler, "m1"), HasSubstr("the function in .key takes no record of this type"));
  EXPECT_EQ(effects, 0);
}

TEST_F(IdempotentHandler, SaysWhenAResultCannotBeReadAnyMore) {
  EXPECT_EQ(outcome_of(idempotent([](const SqsRecord&) { return std::string("paid"); }, store), "m1"),
            R"("paid")");
  EXPECT_THAT(
      outcome_of(idempotent([](const SqsRecord&) { return 7; }, store), "m1"),
      HasSubstr("handled before, by a delivery whose result cannot be read as today's type of result"));
}

TEST_F(IdempotentHandler, KeepsItsClaimUntilTheLatestDeadlineOfAll) {
  const LambdaContext context{.deadline = std::chrono::system_clock::time_point::max()};
  std::string outcome_within;
  const auto inner = idempotent([&](const SqsRecord&) { ++effects; }, store, {.clock = clock});
  const auto outer = idempotent(
      [&](const SqsRecord&) {
        ++effects;
        outcome_within = outcome_of(inner, "m1", "teapot", context);
      },
      store, {.clock = clock});
  EXPECT_EQ(outcome_of(outer, "m1", "teapot", context), "done");
  EXPECT_NE(outcome_within, "done");
  EXPECT_EQ(effects, 1);
}

TEST_F(IdempotentHandler, HandlesAMessageOnceAndReturnsItsResultAgain) {
  const auto handler = idempotent(
      [&](const SqsRecord& record) { return std::string(record.body()) + std::to_string(++effects); }, store);
  EXPECT_EQ(outcome_of(handler, "m1"), R"("teapot1")");
  EXPECT_EQ(outcome_of(handler, "m1"), R"("teapot1")");
  EXPECT_EQ(outcome_of(handler, "m2"), R"("teapot2")");
}

TEST_F(IdempotentHandler, TellsOfDeliveriesThatAreRepeated) {
  std::vector<std::string> repeated;
  const auto handler = idempotent([](const SqsRecord&) {}, store,
                                  {.prefix = "orders", .on_repeated = [&](std::string_view key) {
                                     repeated.emplace_back(key);
                                     throw std::runtime_error("no metric today");
                                   }});
  EXPECT_EQ(outcome_of(handler, "m1"), "done");
  EXPECT_EQ(outcome_of(handler, "m2"), "done");
  EXPECT_TRUE(repeated.empty());
  EXPECT_EQ(outcome_of(handler, "m1"), "done");
  EXPECT_THAT(repeated, testing::ElementsAre("orders#m1"));
}

TEST_F(IdempotentHandler, MayReturnNothingAValueToKeepOrAnOutcome) {
  const auto nothing = idempotent([&](const SqsRecord&) { ++effects; }, store, {.prefix = "a"});
  EXPECT_EQ(outcome_of(nothing, "m1"), "done");
  EXPECT_EQ(outcome_of(nothing, "m1"), "done");
  EXPECT_EQ(effects, 1);
  const auto kept = idempotent([](const SqsRecord&) { return Kept{true}; }, store, {.prefix = "b"});
  EXPECT_EQ(outcome_of(kept, "m1"), "true");
  EXPECT_EQ(outcome_of(kept, "m1"), "true");
  struct Outcome {
    std::optional<int> number;
    bool has_value() const { return number.has_value(); }
    int& operator*() { return *number; }
    std::string error() const { return "refused"; }
  };
  const auto outcome =
      idempotent([&](const SqsRecord&) { return ++effects == 2 ? Outcome{} : Outcome{effects}; }, store,
                 {.prefix = "c"});
  EXPECT_EQ(outcome_of(outcome, "m1"), "refused");
  EXPECT_EQ(outcome_of(outcome, "m1"), "3");
  EXPECT_EQ(outcome_of(outcome, "m1"), "3");
}

TEST_F(IdempotentHandler, HandlesAgainWhatFailed) {
  const auto handler = idempotent(
      [&](const SqsRecord&) {
        if (++effects == 1) throw std::runtime_error("no stock");
      },
      store);
  EXPECT_EQ(outcome_of(handler, "m1"), "no stock");
  EXPECT_EQ(outcome_of(handler, "m1"), "done");
  EXPECT_EQ(outcome_of(handler, "m1"), "done");
  EXPECT_EQ(effects, 2);
}

TEST_F(IdempotentHandler, LetsRequestsOfAFailureThrough) {
  const auto handler = idempotent([&](const SqsRecord&) { throw Drop("obsolete"); }, store);
  EXPECT_EQ(outcome_of(handler, "m1"), "settled: obsolete");
}

TEST_F(IdempotentHandler, TakesItsKeyFromThePayload) {
  const auto handler = idempotent([&](const SqsRecord&) { ++effects; }, store,
                                  {.key = [](const SqsRecord& record) { return record.body(); }});
  outcome_of(handler, "m1", "order 7");
  outcome_of(handler, "m2", "order 7");
  outcome_of(handler, "m3", "order 8");
  EXPECT_EQ(effects, 2);
}

TEST_F(IdempotentHandler, RefusesAnotherPayloadOfAKey) {
  const auto handler = idempotent([&](const SqsRecord&) { ++effects; }, store,
                                  {.key = [](const SqsRecord&) { return "one for all"; }});
  EXPECT_EQ(outcome_of(handler, "m1", "order 7"), "done");
  EXPECT_EQ(outcome_of(handler, "m2", "order 8"),
            "the key sha1:9b90456d881a95f39b38e7646dbedb7aaade3862 was used before, for another payload");
}

TEST_F(IdempotentHandler, TakesAnEmptyPayloadForAPayload) {
  const auto handler =
      idempotent([&](const SqsRecord&) { ++effects; }, store, {.key = [](const SqsRecord&) { return "k"; }});
  EXPECT_EQ(outcome_of(handler, "m1", ""), "done");
  EXPECT_EQ(outcome_of(handler, "m2", ""), "done");
  EXPECT_EQ(outcome_of(handler, "m3", "order 8"), "the key k was used before, for another payload");
  EXPECT_EQ(effects, 1);

  const auto of_another_key =
      idempotent([&](const SqsRecord&) { ++effects; }, store, {.key = [](const SqsRecord&) { return "l"; }});
  EXPECT_EQ(outcome_of(of_another_key, "m4", "order 9"), "done");
  EXPECT_EQ(outcome_of(of_another_key, "m5", ""), "the key l was used before, for another payload");
}

TEST_F(IdempotentHandler, FailsForNowWhileAnotherDeliveryIsHandled) {
  std::string inner;
  std::function<std::string()> deliver_again;
  const auto handler = idempotent(
      [&](const SqsRecord&) {
        ++effects;
        inner = deliver_again();
      },
      store);
  deliver_again = [&] { return outcome_of(handler, "m1"); };
  EXPECT_EQ(outcome_of(handler, "m1"), "done");
  EXPECT_EQ(inner,
            "another delivery of the key m1 is being handled, or its function ended before completing it");
  EXPECT_EQ(effects, 1);
}

/// A store that a crash or a fault comes between.
struct FaultyStore : IdempotencyStore {
  MemoryStore inner;
  bool is_dead = false;
  int faults = 0;
  bool answers_are_lost = false;

  template <class Step>
  auto step(Step&& run) {
    if (is_dead) throw std::runtime_error("the function has ended");
    if (faults > 0 && !answers_are_lost) fault();
    auto answer = run();
    if (faults > 0) fault();
    return answer;
  }
  void fault() {
    --faults;
    throw std::runtime_error("the store failed");
  }
  std::optional<ExistingRecord> claim(const Claim& claim, std::chrono::milliseconds limit) override {
    return step([&] { return inner.claim(claim, limit); });
  }
  bool complete(const Claim& claim, std::string_view result, std::chrono::milliseconds limit) override {
    return step([&] { return inner.complete(claim, result, limit); });
  }
  void release(const Claim& claim, std::chrono::milliseconds limit) override {
    step([&] {
      inner.release(claim, limit);
      return 0;
    });
  }
};

TEST_F(IdempotentHandler, LeavesAClaimThatExpiresAtTheDeadlineWhenItCrashes) {
  FaultyStore faulty;
  const auto handler = idempotent(
      [&](const SqsRecord&) {
        if (++effects > 1) return;
        faulty.is_dead = true;
        throw std::runtime_error("crashed");
      },
      faulty, {.clock_skew = 5s, .clock = clock});
  const LambdaContext context{.deadline = time + 30s};
  outcome_of(handler, "m1", "teapot", context);
  faulty.is_dead = false;
  time += 35s;
  EXPECT_THAT(outcome_of(handler, "m1"), HasSubstr("is being handled"));
  time += 1s;
  EXPECT_EQ(outcome_of(handler, "m1"), "done");
  EXPECT_EQ(effects, 2);
}

TEST_F(IdempotentHandler, NeverRunsUnguardedWhenTheStoreCannotBeReached) {
  FaultyStore faulty;
  faulty.faults = 1'000;
  const auto handler = idempotent([&](const SqsRecord&) { ++effects; }, faulty);
  EXPECT_EQ(outcome_of(handler, "m1"), "the store failed");
  EXPECT_EQ(effects, 0);
}

/// A store that never answers: each call takes as long as it may, which it notes.
struct HangingStore : MemoryStore {
  explicit HangingStore(std::chrono::system_clock::time_point& now) : time(now) {}
  std::optional<ExistingRecord> claim(const Claim&, std::chrono::milliseconds limit) override { hang(limit); }
  void release(const Claim&, std::chrono::milliseconds limit) override { hang(limit); }
  [[noreturn]] void hang(std::chrono::milliseconds limit) {
    limits.push_back(limit);
    time += limit;
    throw std::runtime_error("the store timed out");
  }
  std::chrono::system_clock::time_point& time;
  std::vector<std::chrono::milliseconds> limits;
};

TEST_F(IdempotentHandler, LeavesTimeToAnswerBeforeTheDeadlineWhenTheStoreHangs) {
  for (const std::chrono::milliseconds left : {500ms, 900ms, 10'000ms}) {
    HangingStore hanging(time);
    const auto handler = idempotent([&](const SqsRecord&) { ++effects; }, hanging, {.clock = clock});
    const LambdaContext context{.deadline = time + left};
    const BatchProcessor<SqsRecord> processor{{.raise_on_entire_batch_failure = false, .clock = clock}};
    const auto event = decode<SqsRecord>(event_of({{"m1", "a"}, {"m2", "b"}, {"m3", "c"}, {"m4", "d"}}));
    const auto batch = processor.process(event, handler, context);
    EXPECT_EQ(batch.messages()[0].cause, "the store timed out");
    EXPECT_EQ(batch.response().item_identifiers().size(), 4);
    EXPECT_GE(*context.deadline - time, 200ms);
  }
  EXPECT_EQ(effects, 0);
}

TEST_F(IdempotentHandler, TriesTheStoreFor50MillisecondsNearTheDeadlineOrForAShorterLimit) {
  using ::testing::ElementsAre;  // the claim's limit, and that of its release
  for (const auto& [limit, expected] : {std::pair{1'000ms, 50ms}, {10ms, 10ms}}) {
    for (const std::chrono::milliseconds left : {20ms, -5ms}) {
      HangingStore hanging(time);
      const auto handler = idempotent([&](const SqsRecord&) { ++effects; }, hanging,
                                      {.store_time_limit = limit, .clock = clock});
      outcome_of(handler, "m1", "teapot", {.deadline = time + left});
      EXPECT_THAT(hanging.limits, ElementsAre(expected, expected));
    }
  }
  for (const auto& [limit, of_release] : {std::pair{10ms, 10ms}, {300ms, 50ms}}) {
    HangingStore hanging(time);
    const auto handler = idempotent([&](const SqsRecord&) { ++effects; }, hanging,
                                    {.store_time_limit = limit, .clock = clock});
    outcome_of(handler, "m1");  // without a deadline
    EXPECT_THAT(hanging.limits, ElementsAre(limit, of_release));
  }
  EXPECT_EQ(effects, 0);
}

TEST_F(IdempotentHandler, RepeatsAStepOfTheStoreThatFailsOrWhoseAnswerIsLost) {
  for (const bool answers_are_lost : {false, true}) {
    FaultyStore faulty;
    faulty.answers_are_lost = answers_are_lost;
    effects = 0;
    const auto handler = idempotent(
        [&](const SqsRecord&) {
          ++effects;
          faulty.faults = 2;
        },
        faulty);
    faulty.faults = 2;
    EXPECT_EQ(outcome_of(handler, "m1"), "done");
    EXPECT_EQ(outcome_of(handler, "m1"), "done");
    EXPECT_EQ(effects, 1);
  }
}

/// A store that fails for a while when a key is completed or released, as one that starts again.
struct RestartingStore : MemoryStore {
  std::optional<std::chrono::steady_clock::time_point> is_back{};
  void check() {
    const auto now = std::chrono::steady_clock::now();
    if (!is_back) is_back = now + 50ms;
    if (now < *is_back) throw std::runtime_error("the store starts");
  }
  bool complete(const Claim& claim, std::string_view result, std::chrono::milliseconds limit) override {
    check();
    return MemoryStore::complete(claim, result, limit);
  }
  void release(const Claim& claim, std::chrono::milliseconds limit) override {
    check();
    MemoryStore::release(claim, limit);
  }
};

TEST_F(IdempotentHandler, GivesTheStoreTimeBetweenTheAttemptsOfAStep) {
  for (const bool fails : {false, true}) {
    RestartingStore restarting;
    effects = 0;
    const auto handler = idempotent(
        [&](const SqsRecord&) {
          if (++effects == 1 && fails) throw std::runtime_error("no stock");
        },
        restarting, {.store_time_limit = 20s});
    EXPECT_EQ(outcome_of(handler, "m1"), fails ? "no stock" : "done");
    EXPECT_EQ(outcome_of(handler, "m1"), "done");
    EXPECT_EQ(effects, fails ? 2 : 1);
  }
}

TEST_F(IdempotentHandler, LeavesNoClaimWhoseAnswersWereAllLost) {
  FaultyStore faulty;
  faulty.answers_are_lost = true;
  faulty.faults = 3;
  const auto handler = idempotent([&](const SqsRecord&) { ++effects; }, faulty);
  EXPECT_EQ(outcome_of(handler, "m1"), "the store failed");
  EXPECT_EQ(effects, 0);
  EXPECT_EQ(outcome_of(handler, "m1"), "done");
}

TEST_F(IdempotentHandler, FailsWhenItsClaimExpiredAndAnotherDeliveryHasIt) {
  std::function<std::string()> deliver_again;
  const auto handler = idempotent(
      [&](const SqsRecord&) {
        if (++effects > 1) return;
        time += 1min;
        EXPECT_EQ(deliver_again(), "done");
      },
      store, {.in_progress_expires_after = 10s, .clock = clock});
  deliver_again = [&] { return outcome_of(handler, "m1"); };
  EXPECT_THAT(outcome_of(handler, "m1"), HasSubstr("in_progress_expires_after is too short"));
}

struct CannotBeWritten {};

[[noreturn]] void to_json(nlohmann::json&, const CannotBeWritten&) { throw std::runtime_error("no JSON"); }
void from_json(const nlohmann::json&, CannotBeWritten&) {}

TEST_F(IdempotentHandler, RepeatsATextThatIsNotUtf8WithReplacements) {
  const auto handler = idempotent(
      [&](const SqsRecord&) {
        ++effects;
        return std::string("receipt \xff");
      },
      store);
  const auto event = decode<SqsRecord>(event_of({{"m2", "x"}}));
  const auto first = quiet_processor.process(event, handler);
  const auto second = quiet_processor.process(event, handler);
  EXPECT_EQ(first.messages()[0].result, "receipt \xff");
  EXPECT_EQ(second.messages()[0].result, "receipt \xEF\xBF\xBD");
  EXPECT_EQ(effects, 1);
}

TEST_F(IdempotentHandler, FailsARecordWithoutAKey) {
  const auto handler = idempotent([&](const SqsRecord&) { ++effects; }, store,
                                  {.key = [](const SqsRecord& record) { return record.body(); }});
  EXPECT_THAT(outcome_of(handler, "m2", ""), HasSubstr("the key of this record is empty"));
  EXPECT_EQ(effects, 0);
}

TEST_F(IdempotentHandler, DoesNotRepeatAnEffectWhoseResultCannotBeWritten) {
  const auto handler = idempotent(
      [&](const SqsRecord&) {
        ++effects;
        return CannotBeWritten();
      },
      store);
  const auto event = decode<SqsRecord>(event_of({{"m2", "x"}}));
  const auto batch = quiet_processor.process(event, handler);
  EXPECT_EQ(batch.messages()[0].status, Status::success);
  EXPECT_THAT(outcome_of(handler, "m2", "x"), HasSubstr("result could not be written"));
  EXPECT_EQ(effects, 1);
}

TEST_F(IdempotentHandler, KeepsItsResultInAFormatOfItsOwn) {
  const auto handler =
      idempotent<ReceiptResults>([&](const SqsRecord&) { return Receipt{++effects}; }, store);
  const auto event = decode<SqsRecord>(event_of({{"m1", "teapot"}}));
  for (int delivery = 0; delivery < 2; ++delivery) {
    const auto batch = quiet_processor.process(event, handler);
    EXPECT_EQ(batch.messages()[0].result->number, 1);
  }
  EXPECT_EQ(kept_in(store, "m1"), "receipt 1");
}

/// A text is its own format.
struct TextResults {
  static std::string write(const std::string& text) { return text; }
  template <class Value>
  static Value read(const std::string& text) {
    return text;
  }
};

TEST_F(IdempotentHandler, KeepsAnyTextOfAFormat) {
  for (const std::string& text : {std::string(), std::string(" "), std::string("  x"), std::string("x ")}) {
    const auto handler = idempotent<TextResults>([&](const SqsRecord&) { return text; }, store);
    const auto event = decode<SqsRecord>(event_of({{"m" + text, "teapot"}}));
    for (int delivery = 0; delivery < 2; ++delivery) {
      const auto batch = quiet_processor.process(event, handler);
      EXPECT_EQ(batch.messages()[0].result, text);
    }
  }
}

TEST_F(IdempotentHandler, HashesKeysThatAreLongOrNotPlain) {
  int calls = 0;
  struct Watching : MemoryStore {
    std::vector<std::string> keys;
    std::optional<ExistingRecord> claim(const Claim& claim, std::chrono::milliseconds limit) override {
      keys.push_back(claim.key);
      return MemoryStore::claim(claim, limit);
    }
  } watching;
  const auto handler = idempotent(
      [&](const SqsRecord&) { ++calls; }, watching,
      {.key = [](const SqsRecord& record) { return std::string(record.body()); }, .prefix = "orders"});
  outcome_of(handler, "m", "plain-key:1");
  outcome_of(handler, "m", std::string(5'000, 'k'));
  outcome_of(handler, "m", "abc");
  outcome_of(handler, "m", "caf\xC3\xA9");
  EXPECT_THAT(watching.keys,
              ::testing::ElementsAre("orders#plain-key:1", ::testing::StartsWith("orders#sha1:"),
                                     "orders#abc", "orders#sha1:f424452a9673918c6f09b0cdd35b20be8e6ae7d7"));
  EXPECT_EQ(calls, 4);
}

TEST_F(IdempotentHandler, TellsAKeyFromTheHashOfAnother) {
  const auto handler = idempotent([&](const SqsRecord&) { ++effects; }, store,
                                  {.key = [](const SqsRecord& record) { return std::string(record.body()); },
                                   .payload = [](const SqsRecord&) { return "any"; }});
  outcome_of(handler, "m1", "caf\xC3\xA9");
  outcome_of(handler, "m2", "sha1:f424452a9673918c6f09b0cdd35b20be8e6ae7d7");
  EXPECT_EQ(effects, 2);
}

TEST_F(IdempotentHandler, GuardsRecordsOfStreamsToo) {
  const auto handler = idempotent([&](const KinesisStreamRecord&) { ++effects; }, store);
  const std::string event =
      R"({"Records":[{"kinesis":{"sequenceNumber":"1","data":"aGVsbG8="},"eventSource":"aws:kinesis",)"
      R"("eventID":"shardId-000000000006:1"}]})";
  const BatchProcessor<KinesisStreamRecord> stream;
  static_cast<void>(process_partial_response(event, handler, stream));
  static_cast<void>(process_partial_response(event, handler, stream));
  EXPECT_EQ(effects, 1);
}

}  // namespace
}  // namespace batchproof
