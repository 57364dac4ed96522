#include <gtest/gtest-spi.h>
#include <batchproof/gtest.hpp>
#include <batchproof/properties/laws.hpp>

#include <batchproof/fixtures/sqs_message.hpp>
#include <stdexcept>
#include <string>
#include <vector>

namespace batchproof {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

void handle_order(const SqsRecord& record) {
  if (record.body() != "good") throw std::invalid_argument("no good");
}

void accept_anything(const SqsRecord&) {}

const VerifyHandlerOptions good_and_bad{.accepted = {"good"}, .rejected = {"bad"}, .cases = 50, .seed = 7};

TEST(GoogleTestAdapter, TakesAReportForAnAssertion) {
  EXPECT_TRUE(verify_handler<SqsRecord>(handle_order, good_and_bad));
  ASSERT_TRUE(verify_handler<SqsRecord>(handle_order, good_and_bad));
  EXPECT_FALSE(verify_handler<SqsRecord>(accept_anything, good_and_bad));
}

TEST(GoogleTestAdapter, PrintsTheWholeReportOfAFailure) {
  const auto fail = [] { EXPECT_TRUE(verify_handler<SqsRecord>(accept_anything, good_and_bad)); };
  EXPECT_NONFATAL_FAILURE(fail(), "the law verdict is violated");
  EXPECT_NONFATAL_FAILURE(fail(), "pattern   x");
  EXPECT_NONFATAL_FAILURE(fail(), "must be rejected, and the handler succeeded");
  EXPECT_NONFATAL_FAILURE(fail(), "BATCHPROOF_SEED=7 BATCHPROOF_CASES=50 ");
  EXPECT_NONFATAL_FAILURE(fail(), "--gtest_filter=GoogleTestAdapter.PrintsTheWholeReportOfAFailure");
}

std::string process_sqs(std::string_view payload, RecordProbe& probe) {
  return process_partial_response(
      payload, [&](const SqsRecord& record) { probe(record); }, BatchProcessor<SqsRecord>());
}

const bool registered = register_handler_tests<SqsRecord>("RegisteredHandler", handle_order, good_and_bad) &&
                        register_processor_tests<SqsRecord>("RegisteredProcessor", process_sqs,
                                                            {.cases = 50, .seed = 7, .hostile = true});

std::vector<std::string> tests_of(const std::string& suite) {
  std::vector<std::string> names;
  const auto& unit_test = *::testing::UnitTest::GetInstance();
  for (int index = 0; index < unit_test.total_test_suite_count(); ++index) {
    const auto& found = *unit_test.GetTestSuite(index);
    for (int test = 0; found.name() == suite && test < found.total_test_count(); ++test)
      names.emplace_back(found.GetTestInfo(test)->name());
  }
  return names;
}

TEST(RegisteredLaws, AreATestEach) {
  EXPECT_TRUE(registered);
  EXPECT_THAT(tests_of("RegisteredHandler"),
              ::testing::ElementsAre("survives", "verdict", "repeatable", "independent"));
  const auto laws = tests_of("RegisteredProcessor");
  EXPECT_THAT(laws, ::testing::IsSupersetOf({"nothing_lost", "once_in_order", "well_formed"}));
  EXPECT_THAT(laws, Not(::testing::Contains("fifo_stops")));
}

TEST(RegisteredLaws, OfASuiteAreVerifiedOnceInEachRepetition) {
  int verifications = 0;
  detail::SharedVerification shared{.verify = [&] {
    ++verifications;
    return verify_handler<SqsRecord>(handle_order, good_and_bad);
  }};
  for (const int repetition : {0, 1, 2}) {
    EXPECT_TRUE(shared.report_of(repetition));
    EXPECT_TRUE(shared.report_of(repetition));
    EXPECT_EQ(verifications, repetition + 1);
  }
}

TEST(RegisteredLaws, KnowTheRepetition) {
  const auto& tests = *::testing::UnitTest::GetInstance();
  const int running = detail::Repetitions::current();
  detail::Repetitions().OnTestIterationStart(tests, 7);
  EXPECT_EQ(detail::Repetitions::current(), 7);
  detail::Repetitions().OnTestIterationStart(tests, running);
}

TEST(RegisteredLaws, FailForWhatTheSharedVerificationAloneFound) {
  const auto shared = std::make_shared<detail::SharedVerification>();
  shared->report = verify_handler<SqsRecord>(accept_anything, good_and_bad);
  shared->repetition = detail::Repetitions::current();
  detail::LawTest broken(properties::verdict, shared,
                         [] { return verify_handler<SqsRecord>(handle_order, good_and_bad); });
  EXPECT_NONFATAL_FAILURE(broken.TestBody(), "the law verdict is violated");
}

TEST(RegisteredLaws, FailWhereTheLawIsViolated) {
  const auto verify = [] { return verify_handler<SqsRecord>(accept_anything, good_and_bad); };
  const auto shared = std::make_shared<detail::SharedVerification>();
  shared->verify = verify;
  detail::LawTest broken(properties::verdict, shared, verify);
  EXPECT_NONFATAL_FAILURE(broken.TestBody(), "the law verdict is violated");
}

TEST(ReportsExactly, MatchesTheResponseWithTheseIdentifiersInThisOrder) {
  const std::string response = R"({"batchItemFailures":[{"itemIdentifier":"m2"},{"itemIdentifier":"m5"}]})";
  EXPECT_THAT(response, ReportsExactly("m2", "m5"));
  EXPECT_THAT(response, Not(ReportsExactly("m5", "m2")));
  EXPECT_THAT(response, Not(ReportsExactly("m2")));
  EXPECT_THAT(response, Not(ReportsNothing()));
  EXPECT_THAT("{}", ReportsNothing());
  EXPECT_THAT("{ \"batchItemFailures\": [] }", ReportsNothing());
  EXPECT_THAT(R"({"batchItemFailures":[{"itemIdentifier":""}]})", Not(ReportsNothing()));
  EXPECT_THAT(R"({"batchItemFailures":[]})", ReportsNothing());
}

TEST(ReportsExactly, TakesTheIdentifiersOfKafka) {
  const std::string first = R"({"partition":"orders-0","offset":15})";
  const std::string second = R"({"partition":"orders-0","offset":16})";
  const std::string response =
      R"({"batchItemFailures":[{"itemIdentifier":)" + first + R"(},{"itemIdentifier":)" + second + "}]}";
  EXPECT_THAT(response, ReportsExactly(first, second));
  EXPECT_THAT(response, Not(ReportsExactly(first)));
}

TEST(ReportsExactly, SaysWhatIsMissingAndWhatIsTooMuch) {
  const std::string response = R"({"batchItemFailures":[{"itemIdentifier":"m2"},{"itemIdentifier":"m5"}]})";
  EXPECT_NONFATAL_FAILURE(EXPECT_THAT(response, ReportsExactly("m2", "m3")),
                          R"(does not report ["m3"] and reports ["m5"] too)");
  EXPECT_NONFATAL_FAILURE(EXPECT_THAT("", ReportsNothing()), "which fails the whole batch: ");
}

TEST(HandledInOrder, MatchesCallsInThisOrderAndNoOther) {
  fixtures::BatchCase batch;
  batch.records.push_back(fixtures::to_case_record(fixtures::SqsMessage{.message_id = "m1"}));
  batch.records.push_back(fixtures::to_case_record(fixtures::SqsMessage{.message_id = "m2"}));
  RecordProbe probe(batch);
  EXPECT_THAT(probe, HandledInOrder());
  static_cast<void>(process_partial_response(
      batch.payload(), [&](const SqsRecord& record) { probe(record); }, BatchProcessor<SqsRecord>()));
  EXPECT_THAT(probe, HandledInOrder("m1", "m2"));
  EXPECT_THAT(probe, Not(HandledInOrder("m2", "m1")));

  const std::vector<std::string> handled{"m1", "m2"};
  EXPECT_THAT(handled, HandledInOrder("m1", "m2"));
  EXPECT_NONFATAL_FAILURE(EXPECT_THAT(handled, HandledInOrder("m1")), R"(call 1 is for "m2", none expected)");
  EXPECT_NONFATAL_FAILURE(EXPECT_THAT(handled, HandledInOrder("m1", "m3")),
                          R"(call 1 is for "m2", "m3" expected)");
  EXPECT_NONFATAL_FAILURE(EXPECT_THAT(handled, HandledInOrder("m1", "m2", "m3")),
                          R"(call 2 was never made, "m3" expected)");
}

}  // namespace
}  // namespace batchproof
