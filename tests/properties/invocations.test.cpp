// The context that a handler gets in a verification.

#include <gmock/gmock.h>

#include <algorithm>
#include <batchproof/fixtures/record_probe.hpp>
#include <batchproof/properties/verify.hpp>
#include <batchproof/zoo/broken_handlers.hpp>
#include <chrono>
#include <cstddef>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>

namespace batchproof {
namespace {

VerifyHandlerOptions orders() {
  return {.accepted = zoo::good_orders(), .rejected = zoo::bad_orders(), .cases = 100, .seed = 7};
}

TEST(Invocations, HaveARequestIdEach) {
  std::string invocation;
  std::set<std::size_t> handled;
  const auto handle_once_an_invocation = [&](const SqsRecord& record, const LambdaContext& context) {
    if (std::exchange(invocation, context.request_id) != context.request_id) handled.clear();
    if (handled.insert(record.index()).second) zoo::handle_order(record);
  };
  const auto report = verify_handler<SqsRecord>(handle_once_an_invocation, orders());
  EXPECT_TRUE(report) << report;
  const auto of_own =
      verify_handler<SqsRecord>(handle_once_an_invocation, BatchProcessor<SqsRecord>(), orders());
  EXPECT_TRUE(of_own) << of_own;
}

TEST(Invocations, HaveEachFieldOfTheContextThatLambdaSets) {
  const auto handle_in_time = [](const SqsRecord& record, const LambdaContext& context) {
    if (context.remaining_time().value() < std::chrono::seconds(30)) throw std::runtime_error("no time left");
    if (context.function_name.empty() || context.memory_limit_megabytes == 0 ||
        !context.invoked_function_arn.ends_with(":function:" + context.function_name))
      throw std::runtime_error("not a function of Lambda");
    zoo::handle_order(record);
  };
  const auto report = verify_handler<SqsRecord>(handle_in_time, orders());
  EXPECT_TRUE(report) << report;
  const auto of_own = verify_handler<SqsRecord>(handle_in_time, BatchProcessor<SqsRecord>(), orders());
  EXPECT_TRUE(of_own) << of_own;
  const fixtures::BatchCase batch;
  const RecordProbe probe(batch);
  EXPECT_GT(probe.context().remaining_time().value(), std::chrono::minutes(14));
  EXPECT_LE(probe.context().remaining_time(probe.clock()()).value(), std::chrono::minutes(15));
}

TEST(Invocations, ShowAHandlerThatTakesTheRequestIdForThatOfARecord) {
  std::set<std::string, std::less<>> seen;
  const auto handle_once = [&](const SqsRecord& record, const LambdaContext& context) {
    if (seen.emplace(context.request_id).second) zoo::handle_order(record);
  };
  const auto report = verify_handler<SqsRecord>(handle_once, orders());
  ASSERT_FALSE(report);
  EXPECT_EQ(report.counterexample().batch_case.records.size(), 2U) << report;
}

TEST(Invocations, MayComeDaysAfterTheirMessagesWereSent) {
  const auto drop_after_a_day = [&](const SqsRecord& record) {
    const SqsAttributes attributes = record.attributes();
    const auto waited = *attributes.approximate_first_receive_timestamp() - *attributes.sent_timestamp();
    if (waited < std::chrono::hours(24)) zoo::handle_order(record);
  };
  EXPECT_EQ(verify_handler<SqsRecord>(drop_after_a_day, orders()).broken_law(), "verdict");
}

TEST(Invocations, MayHaveMoreFailuresThanOneByteCounts) {
  std::size_t most = 0;
  std::size_t failures = 0;
  const auto count_failures = [&](const SqsRecord& record) {
    if (record.index() == 0) failures = 0;
    try {
      zoo::handle_order(record);
    } catch (...) {
      most = std::max(most, ++failures);
      throw;
    }
  };
  VerifyHandlerOptions options = orders();
  options.cases = 213;
  options.small_cases_budget = std::chrono::milliseconds(0);
  EXPECT_TRUE(verify_handler<SqsRecord>(count_failures, options));
  EXPECT_GT(most, 256U);
}

TEST(Invocations, HaveARequestIdEachWhereAProcessorIsVerified) {
  const fixtures::BatchCase batch;
  const RecordProbe one(batch);
  const RecordProbe other(batch);
  EXPECT_EQ(one.context().request_id, one.context().request_id);
  EXPECT_NE(one.context().request_id, other.context().request_id);
}

}  // namespace
}  // namespace batchproof
