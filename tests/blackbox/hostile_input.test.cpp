#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <batchproof/blackbox.hpp>
#include <batchproof/fixtures/json_text.hpp>
#include <filesystem>
#include <string>

#include "functions.hpp"

// Functions meet what AWS never sends only on request, and only as JSON.

namespace batchproof {
namespace {

using properties::LawState;
using properties::Report;

const std::filesystem::path folder = BATCHPROOF_SOURCE_DIR "/tests/blackbox/hostile_input";
const std::filesystem::path careless = folder / "audit_not_awaited.mjs";

VerifyFunctionOptions hostile_orders(int cases) {
  VerifyFunctionOptions options = orders(cases);
  options.hostile = true;
  return options;
}

LawState state_of_survives(const Report& report) {
  const auto& laws = report.laws();
  const auto law =
      std::find_if(laws.begin(), laws.end(), [](const auto& row) { return row.id == "survives"; });
  return law == laws.end() ? LawState::not_applicable : law->state;
}

TEST(HostileInput, IsOffUnlessAskedFor) {
  const Report report = verify_function<SqsRecord>(function_of(careless), orders(100));
  EXPECT_TRUE(report.passed()) << report.text();
  EXPECT_EQ(state_of_survives(report), LawState::not_judged) << report.text();
}

TEST(HostileInput, FindsTheSmallestEventThatEndsAProcess) {
  const Report report = verify_function<SqsRecord>(function_of(careless), hostile_orders(100));
  ASSERT_EQ(report.broken_law(), "survives") << report.text();
  const std::string& payload = report.counterexample().observation.payload;
  EXPECT_TRUE(fixtures::is_json(payload)) << payload;
  EXPECT_TRUE(report.counterexample().damaged);
  // Node ends before its answer is sent, or just after.
  EXPECT_THAT(report.text(), ::testing::ContainsRegex("the process ended before it [a-z ]*: exit status 1"));
}

TEST(HostileInput, IsAlwaysJson) {
  const Report report =
      verify_function<SqsRecord>(function_of(folder / "ends_on_other_bytes.mjs"), hostile_orders(300));
  EXPECT_TRUE(report.passed()) << report.text();
}

TEST(HostileInput, EndsNoProcessOfARightFunction) {
  const std::filesystem::path corpus = corpus_folder();
  const Report standard =
      verify_function<SqsRecord>(function_of(corpus / "right_sqs.mjs"), hostile_orders(100));
  EXPECT_TRUE(standard.passed()) << standard.text();
  EXPECT_EQ(state_of_survives(standard), LawState::held) << standard.text();
  const Report stream =
      verify_function<KinesisStreamRecord>(function_of(corpus / "kinesis_right.mjs"), hostile_orders(100));
  EXPECT_TRUE(stream.passed()) << stream.text();
  VerifyFunctionOptions fifo = hostile_orders(100);
  fifo.fifo = true;
  const Report queue = verify_function<SqsRecord>(function_of(corpus / "fifo_right.mjs"), fifo);
  EXPECT_TRUE(queue.passed()) << queue.text();
}

TEST(HostileInput, IsForgottenBeforeABatchAsAwsSendsIt) {
  const Report report = verify_function<KinesisStreamRecord>(
      function_of(corpus_folder() / "kinesis_high_water.mjs"), hostile_orders(300));
  EXPECT_TRUE(report.passed()) << report.text();
}

TEST(HostileInput, IsNotBlamedForTheEndOfAProcessThatEndsAfterEachAnswer) {
  Function function = function_of(corpus_folder().parent_path() / "verify_function/breaks_rules.mjs");
  function.command = {BATCHPROOF_NODE, "breaks_rules.mjs"};
  function.environment.emplace("BREAKS", "ends_after_its_answer");
  VerifyFunctionOptions options = hostile_orders(20);
  options.small_cases_budget = std::chrono::milliseconds(0);
  options.seed = 1;
  const Report report = verify_function<SqsRecord>(function, options);
  EXPECT_TRUE(report.passed()) << report.text();
}

TEST(HostileInput, IsBlamedWhereItAloneEndsAProcessAfterItsAnswer) {
  Function function = function_of(corpus_folder().parent_path() / "verify_function/breaks_rules.mjs");
  function.command = {BATCHPROOF_NODE, "breaks_rules.mjs"};
  function.environment.emplace("BREAKS", "ends_after_an_error");
  for (const bool cold : {false, true}) {
    VerifyFunctionOptions options = hostile_orders(20);
    options.small_cases_budget = std::chrono::milliseconds(0);
    options.seed = 1;
    options.cold = cold;
    const Report report = verify_function<SqsRecord>(function, options);
    EXPECT_EQ(report.broken_law(), "survives") << report.text();
  }
}

}  // namespace
}  // namespace batchproof
