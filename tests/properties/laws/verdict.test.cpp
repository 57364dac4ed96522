#include <gmock/gmock.h>

#include <batchproof/fixtures/source_info.hpp>
#include <batchproof/properties/laws.hpp>

#include "../hand_made.hpp"

namespace batchproof::properties {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(Verdict, HoldsWhenAcceptedPayloadsSucceedAndRejectedOnesFail) {
  const auto batch = case_of("oxxo");
  EXPECT_THAT(judge_by(verdict, batch, run_of(batch, {0, 1, 2, 3}, response_with({"m1", "m2"}))), IsEmpty());
}

TEST(Verdict, SaysNothingOfRecordsThatWereNotHandled) {
  const auto batch = case_of("xo");
  EXPECT_THAT(judge_by(verdict, batch, run_of(batch, {0}, response_with({"m0", "m1"}))), IsEmpty());
}

TEST(Verdict, IsViolatedByAnAcceptedPayloadThatFails) {
  const auto batch = case_of("oo");
  auto run = run_of(batch, {0, 1}, response_with({"m1"}));
  run.calls[1].threw = true;
  run.calls[1].error = "no quantity";
  EXPECT_THAT(judge_by(verdict, batch, run),
              ElementsAre(HasSubstr("must be accepted, and the handler failed: no quantity")));
}

TEST(Verdict, IsViolatedByARejectedPayloadThatSucceeds) {
  const auto batch = case_of("ox");
  auto run = run_of(batch, {0, 1}, response_with({}));
  run.calls[1].threw = false;
  EXPECT_THAT(judge_by(verdict, batch, run),
              ElementsAre(HasSubstr("must be rejected, and the handler succeeded")));
}

TEST(Verdict, NamesAShortPayload) {
  auto batch = case_of("x");
  batch.records[0] = fixtures::info_of(fixtures::Source::sqs)
                         .plain_record({.identifier = "m0", .payload = R"({"quantity": 0})"});
  batch.records[0].rejected = true;
  auto run = run_of(batch, {0}, response_with({}));
  run.calls[0].threw = false;
  EXPECT_THAT(judge_by(verdict, batch, run), ElementsAre(HasSubstr(R"(payload {"quantity": 0},)")));
}

}  // namespace
}  // namespace batchproof::properties
