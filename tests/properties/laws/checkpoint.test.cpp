#include <gmock/gmock.h>

#include <batchproof/properties/laws.hpp>

#include "../hand_made.hpp"

namespace batchproof::properties {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(Checkpoint, AppliesToStreams) {
  EXPECT_TRUE(checkpoint.applies(fixtures::Source::kinesis, {}));
  EXPECT_TRUE(checkpoint.applies(fixtures::Source::dynamodb, {}));
  EXPECT_FALSE(checkpoint.applies(fixtures::Source::sqs_fifo, {}));
}

TEST(Checkpoint, HoldsWhenTheServiceStartsAgainAtTheLowestFailure) {
  const auto batch = stream_case("oxx", {"8", "9", "10"});
  EXPECT_THAT(judge_by(checkpoint, batch, run_of(batch, {0, 1, 2}, response_with({"9", "10"}))), IsEmpty());
  EXPECT_THAT(judge_by(checkpoint, batch, run_of(batch, {0, 1, 2}, response_with({"9"}))), IsEmpty());
}

TEST(Checkpoint, IsViolatedByTheLowestTextWhereANumberIsLonger) {
  const auto batch = stream_case("oxx", {"8", "9", "10"});
  EXPECT_THAT(judge_by(checkpoint, batch, run_of(batch, {0, 1, 2}, response_with({"10"}))),
              ElementsAre(HasSubstr("record 1 (\"9\") failed below \"10\"")));
}

TEST(Checkpoint, ComparesNumbersOfAnyLength) {
  const std::string low(56, '4');
  std::string high = low;
  high.back() = '5';
  const auto batch = stream_case("xx", {low, high});
  EXPECT_THAT(judge_by(checkpoint, batch, run_of(batch, {0, 1}, response_with({low}))), IsEmpty());
  EXPECT_EQ(judge_by(checkpoint, batch, run_of(batch, {0, 1}, response_with({high}))).size(), 1U);
}

TEST(Checkpoint, IsViolatedByARecordThatSucceeded) {
  const auto batch = stream_case("ox", {"1", "2"});
  EXPECT_THAT(judge_by(checkpoint, batch, run_of(batch, {0, 1}, response_with({"1"}))),
              ElementsAre(HasSubstr("\"1\", which succeeded")));
  const auto all_well = stream_case("o", {"1"});
  EXPECT_EQ(judge_by(checkpoint, all_well, run_of(all_well, {0}, response_with({"1"}))).size(), 1U);
}

TEST(Checkpoint, IsViolatedByNoneAtAll) {
  const auto batch = stream_case("x", {"1"});
  EXPECT_EQ(judge_by(checkpoint, batch, run_of(batch, {0}, response_with({}))).size(), 1U);
}

TEST(Checkpoint, HoldsWhenTheProcessorThrew) {
  const auto batch = stream_case("xx", {"1", "2"});
  EXPECT_THAT(judge_by(checkpoint, batch, thrown_run_of(batch, {0, 1})), IsEmpty());
}

}  // namespace
}  // namespace batchproof::properties
