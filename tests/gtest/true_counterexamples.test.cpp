// A counterexample is true: it violates its law in a fresh process too, or the report says which batches must
// come before it.

#include <gmock/gmock.h>
#include <unistd.h>

#include <atomic>
#include <batchproof/gtest.hpp>
#include <batchproof/properties/regressions.hpp>
#include <batchproof/properties/verify.hpp>
#include <cstddef>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <random>
#include <set>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>

#include "../scratch_path.hpp"

namespace batchproof::properties {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

void require_good(const SqsRecord& record) {
  if (record.body() != "good") throw std::invalid_argument("no order");
}

const VerifyHandlerOptions orders{.accepted = {"good"}, .rejected = {"bad"}, .cases = 100, .seed = 7};

TEST(TrueCounterexamples, OfAHandlerWithoutStateAreConfirmed) {
  const Report report = verify_handler<SqsRecord>([](const SqsRecord&) {}, orders);
  EXPECT_EQ(report.broken_law(), "verdict");
  EXPECT_TRUE(report.counterexample().earlier.empty());
  EXPECT_EQ(report.counterexample().confirmation, Confirmation::executed_again);
  EXPECT_THAT(report.text(), HasSubstr("confirmed by this program, executed again"));
}

/// The fresh process adds the fields to its records, and the report shows what the handler got there.
TEST(TrueCounterexamples, AfterEarlierBatchesShowTheFieldsOfTheirRecords) {
  const auto fails_later = [](const SqsRecord& record) {
    static int calls = 0;
    if (++calls > 5) throw std::runtime_error("full");
    require_good(record);
  };
  VerifyHandlerOptions with_fields = orders;
  with_fields.record_fields =
      R"({"messageAttributes": {"kind": {"stringValue": "express", "dataType": "String"}}})";
  const Report report = verify_handler<SqsRecord>(fails_later, with_fields);
  ASSERT_FALSE(report.counterexample().earlier.empty()) << report;
  EXPECT_THAT(report.counterexample().observation.payload, HasSubstr("express"));
}

/// Remembers the verdict of a sender, and takes it for that of each other message of the same sender.
void answer_from_cache(const SqsRecord& record) {
  static std::map<std::string, bool, std::less<>> verdicts;
  const auto [known, is_new] = verdicts.emplace(*record.attributes().sender_id(), record.body() == "good");
  if (!known->second) throw std::invalid_argument("no order");
}

/// Takes the body of an earlier message where there was a good one.
void keep_a_static_object(const SqsRecord& record) {
  static std::string body;
  if (record.body() == "good") body = record.body();
  if (body != "good") throw std::invalid_argument("no order");
}

/// Takes what it has seen for done, whatever it is.
void deduplicate(const SqsRecord& record) {
  static std::set<std::string, std::less<>> seen;
  if (!seen.emplace(record.message_id()).second) return;
  require_good(record);
}

void expect_a_sequence(void (*handler)(const SqsRecord&)) {
  VerifyHandlerOptions options = orders;
  options.regressions = scratch_path("sequence");
  std::filesystem::remove_all(options.regressions);
  const Report report = verify_handler<SqsRecord>(handler, options);
  ASSERT_FALSE(report.passed());
  const Counterexample& found = report.counterexample();
  if (found.earlier.empty()) {  // the comparison of a law shows it on one batch
    EXPECT_TRUE(report.broken_law() == "repeatable" || report.broken_law() == "independent") << report;
  } else {
    EXPECT_EQ(found.earlier.size(), 1U) << report;
    EXPECT_LE(found.earlier.front().batch_case.records.size(), 1U) << report;
    EXPECT_THAT(report.text(),
                AllOf(HasSubstr("an earlier batch left a state behind"), HasSubstr(".before_each")));
  }
  EXPECT_EQ(found.confirmation, Confirmation::executed_again) << report;
  const auto saved = load_regressions(options.regressions);
  ASSERT_EQ(saved.size(), 1U) << report;
  EXPECT_EQ(saved.front().earlier.size(), found.earlier.size());
  std::filesystem::remove_all(options.regressions);
}

TEST(TrueCounterexamples, OfACacheByOneFieldAreASequence) { expect_a_sequence(answer_from_cache); }
TEST(TrueCounterexamples, OfAStaticObjectAreASequence) { expect_a_sequence(keep_a_static_object); }
TEST(TrueCounterexamples, OfASetThatDeduplicatesAreASequence) { expect_a_sequence(deduplicate); }

TEST(TrueCounterexamples, OfASequenceFailAgainWhenTheyAreReplayed) {
  VerifyHandlerOptions options = orders;
  options.regressions = scratch_path("replayed");
  int batches = 0;
  const auto fails_in_the_second_batch = [&](const SqsRecord& record) {
    if (record.index() == 0) ++batches;
    require_good(record);
    if (batches == 2) throw std::runtime_error("no connection");
  };
  const Report first = verify_handler<SqsRecord>(fails_in_the_second_batch, options);
  ASSERT_FALSE(first.passed());
  batches = 0;
  const Report again = verify_handler<SqsRecord>(fails_in_the_second_batch, options);
  EXPECT_EQ(again.broken_law(), first.broken_law()) << again;
  EXPECT_THAT(again.found_in(), HasSubstr("the saved case"));
  EXPECT_EQ(load_regressions(options.regressions).size(), 1U);
}

std::size_t records_before(const Report& report) {
  std::size_t records = 0;
  for (const EarlierBatch& earlier : report.counterexample().earlier)
    records += earlier.batch_case.records.size();
  return records;
}

TEST(TrueCounterexamples, OfAHandlerThatFailsNowAndThenAreASequence) {
  int calls = 0;
  const Report report = verify_handler<SqsRecord>(
      [&](const SqsRecord& record) {
        require_good(record);
        if (++calls % 10 == 0) throw std::runtime_error("no connection");
      },
      orders);
  ASSERT_THAT(report.text(), HasSubstr("an earlier batch left a state behind"));
  EXPECT_LT(records_before(report), 10U) << report;
}

TEST(TrueCounterexamples, OfAHandlerThatFailsForGoodAreASequence) {
  int left = 50;
  const Report report = verify_handler<SqsRecord>(
      [&](const SqsRecord& record) {
        require_good(record);
        if (left-- <= 0) throw std::runtime_error("the token has expired");
      },
      orders);
  ASSERT_THAT(report.text(), HasSubstr("an earlier batch left a state behind"));
  EXPECT_EQ(report.broken_law(), "verdict") << report;
  EXPECT_GE(records_before(report), 48U) << report;
  EXPECT_THAT(report.text(), HasSubstr("more earlier batches"));
  EXPECT_THAT(report.text(), Not(HasSubstr("earlier batch 11 of")));
}

TEST(TrueCounterexamples, OfAHandlerThatFailsByChanceAreFlaky) {
  pid_t process = 0;
  std::mt19937 random;
  const Report report = verify_handler<SqsRecord>(
      [&](const SqsRecord& record) {
        require_good(record);
        if (std::exchange(process, getpid()) != getpid()) random.seed(static_cast<unsigned>(process));
        if (random() % 100 == 0) throw std::runtime_error("no connection");
      },
      orders);
  EXPECT_THAT(report.text(), HasSubstr("is flaky")) << report;
}

TEST(TrueCounterexamples, OfVerdictsRememberedByOneFieldBeginWithANearMiss) {
  std::map<std::string, bool> verdicts;
  const auto judge_each_customer_once = [&](const SqsRecord& record) {
    const auto order = nlohmann::json::parse(record.body());
    const std::string customer = order.at("customer");
    const auto [verdict, is_new] = verdicts.try_emplace(customer, false);
    if (is_new) verdict->second = order.value("quantity", 0) > 0;
    if (!verdict->second) throw std::invalid_argument("no quantity");
  };
  const Report report = verify_handler<SqsRecord>(
      judge_each_customer_once,
      {.accepted = {R"({"customer":"a","quantity":1})", R"({"customer":"b","quantity":2})"},
       .rejected = {"{}"},
       .cases = 100,
       .seed = 7});
  EXPECT_EQ(report.broken_law(), "verdict");
  EXPECT_THAT(report.found_in(), HasSubstr("near miss in a new process")) << report;
  EXPECT_EQ(report.counterexample().batch_case.records.size(), 2U) << report;
  EXPECT_EQ(report.counterexample().confirmation, Confirmation::executed_again);
  EXPECT_THAT(report.text(), HasSubstr(".near_misses = false"));
}

TEST(TrueCounterexamples, BeginWithANearMissOfKnownVerdictToo) {
  std::map<std::string, bool> verdicts;
  const auto remember_the_first = [&](const SqsRecord& record) {
    const std::string body(record.body());
    const bool is_order = body == "order;2" || body == "order;3";
    if (!verdicts.try_emplace(body.substr(0, body.find(';')), is_order).first->second)
      throw std::invalid_argument("no order");
  };
  const auto classify = [](std::string_view body) {
    return body == "order;2" || body == "order;3" ? Verdict::accepted : Verdict::rejected;
  };
  const Report report = verify_handler<SqsRecord>(remember_the_first, {.accepted = {"order;2", "order;3"},
                                                                       .rejected = {"{}"},
                                                                       .cases = 100,
                                                                       .seed = 7,
                                                                       .classify = classify});
  EXPECT_FALSE(report) << report;
}

/// After twenty failures in a row it leaves every record, and reports it.
std::string break_the_circuit(std::string_view payload, RecordProbe& probe) {
  static int failures = 0;
  constexpr int most = 20;
  auto reported = nlohmann::json::array();
  const auto event = nlohmann::json::parse(payload);
  for (const auto& record : event.at("Records")) {
    bool has_failed = true;
    if (failures < most) {
      try {
        probe(record.at("messageId").get<std::string>());
        has_failed = false;
      } catch (...) {
      }
      failures = has_failed ? failures + 1 : 0;
    }
    if (has_failed) reported.push_back({{"itemIdentifier", record.at("messageId")}});
  }
  return nlohmann::json{{"batchItemFailures", reported}}.dump();
}

/// A law that leaves a record out meets the state that the whole batch left.
TEST(TrueCounterexamples, ShowTheBatchThatAPartOfItNeedsBeforeIt) {
  const Report report = verify_processor<SqsRecord>(
      break_the_circuit, {.raise_on_entire_batch_failure = false, .cases = 1000, .seed = 11});
  ASSERT_FALSE(report);
  EXPECT_NE(report.broken_law(), "independence") << report;
  EXPECT_FALSE(report.counterexample().earlier.empty()) << report;
}

TEST(TrueCounterexamples, AreNotOfWhatHappensInThisProcessAlone) {
  const pid_t here = getpid();
  const Report report = verify_handler<SqsRecord>(
      [=](const SqsRecord& record) {
        require_good(record);
        const bool is_first = record.message_id().ends_with("-8000-000000000000");
        if (getpid() == here && !is_first) throw std::runtime_error("here alone");
      },
      orders);
  EXPECT_THAT(report.text(), HasSubstr("is flaky")) << report;
}

class Ends : public ::testing::Test {
 protected:
  static Report verify_ending(void (*end)()) {
    return verify_handler<SqsRecord>(
        [=](const SqsRecord& record) {
          if (record.body() == "bad") end();
        },
        {.accepted = {"good"},
         .rejected = {"bad"},
         .cases = 100,
         .seed = 7,
         .time_limit = std::chrono::milliseconds(300)});
  }
};

TEST_F(Ends, OfAProcessIsAFinding) {
  const Report report = verify_ending([] { std::abort(); });
  EXPECT_EQ(report.broken_law(), "survives");
  EXPECT_EQ(report.counterexample().batch_case.pattern(), "x") << report;
}

TEST_F(Ends, NeverOfAHandlerIsAFinding) {
  const Report report = verify_ending([] {
    while (true) usleep(1000);
  });
  EXPECT_EQ(report.broken_law(), "survives");
  EXPECT_EQ(report.counterexample().batch_case.pattern(), "x") << report;
  EXPECT_THAT(report.counterexample().actual, HasSubstr("still ran after 300 ms"));
}

TEST_F(Ends, OfAProcessorIsAFinding) {
  const auto abort_on_failure = [](std::string_view payload, RecordProbe& probe) {
    return process_partial_response(
        payload,
        [&](const SqsRecord& record) {
          try {
            probe(record);
          } catch (...) {
            std::abort();
          }
        },
        BatchProcessor<SqsRecord>());
  };
  const Report report = batchproof::verify_processor<SqsRecord>(abort_on_failure, {.cases = 100, .seed = 7});
  EXPECT_EQ(report.broken_law(), "survives");
  EXPECT_EQ(report.counterexample().size(), 1U) << report;
}

TEST(Threads, OfTheProgramDoNoHarm) {
  std::atomic<bool> ends = false;
  std::thread other([&] {
    while (!ends) std::this_thread::yield();
  });
  EXPECT_TRUE(verify_handler<SqsRecord>(require_good, orders));
  EXPECT_EQ(verify_handler<SqsRecord>(
                [](const SqsRecord& record) {
                  if (record.body() == "bad") std::abort();
                },
                orders)
                .broken_law(),
            "survives");
  ends = true;
  other.join();
}

TEST(TimeLimit, MustBeAboveZero) {
  VerifyHandlerOptions options = orders;
  options.time_limit = std::chrono::milliseconds(0);
  EXPECT_THROW((void)verify_handler<SqsRecord>(require_good, options), std::invalid_argument);
}

}  // namespace
}  // namespace batchproof::properties
