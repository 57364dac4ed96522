#include <gmock/gmock.h>

#include <batchproof/fixtures/kafka_message.hpp>
#include <batchproof/properties/laws.hpp>

#include "../hand_made.hpp"

namespace batchproof::properties {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr fixtures::ProcessorClaims stops{.stop_on_first_failure = true};

/// Records with offsets from 8 on, in the partitions that the digits name.
fixtures::BatchCase kafka_case(std::string_view pattern, std::string_view partitions) {
  fixtures::BatchCase batch{.source = fixtures::Source::kafka, .records = {}};
  for (std::size_t index = 0; index < pattern.size(); ++index) {
    batch.records.push_back(fixtures::to_case_record(fixtures::KafkaMessage{
        .partition = partitions[index] - '0', .offset = static_cast<std::int64_t>(index) + 8, .value = ""}));
    batch.records.back().rejected = pattern[index] == 'x';
  }
  return batch;
}

/// The response that reports the records at these positions.
std::string response_of(const fixtures::BatchCase& batch, const std::vector<std::size_t>& reported) {
  std::string response = R"({"batchItemFailures":[)";
  for (const std::size_t index : reported) {
    if (response.back() == '}') response += ',';
    response += R"({"itemIdentifier":)" + batch.records[index].item_identifier + "}";
  }
  return response + "]}";
}

std::vector<Violation> judged(const fixtures::BatchCase& batch, const std::vector<std::size_t>& handled,
                              const std::vector<std::size_t>& reported,
                              const fixtures::ProcessorClaims& claims = {}) {
  return judge_by(partition, batch, run_of(batch, handled, response_of(batch, reported)), claims);
}

TEST(Partition, AppliesToKafkaAndToPipesOfStreams) {
  EXPECT_TRUE(partition.applies(fixtures::Source::kafka, {}));
  EXPECT_TRUE(partition.applies(fixtures::Source::kinesis_pipe, {}));
  EXPECT_FALSE(partition.applies(fixtures::Source::sqs_pipe, {}));
  EXPECT_FALSE(partition.applies(fixtures::Source::kinesis, {}));
  EXPECT_FALSE(partition.applies(fixtures::Source::sqs_fifo, {}));
}

TEST(Partition, HoldsWhenEveryFailureIsReportedAndNothingElse) {
  EXPECT_THAT(judged(kafka_case("oxxo", "0011"), {0, 1, 2, 3}, {1, 2}), IsEmpty());
}

TEST(Partition, HoldsWhenAFailureStopsItsOwnPartition) {
  EXPECT_THAT(judged(kafka_case("xooo", "0011"), {0, 2, 3}, {0, 1}, stops), IsEmpty());
}

TEST(Partition, IsViolatedByARecordBehindAFailureThatIsNeitherHandledNorReported) {
  EXPECT_THAT(judged(kafka_case("xo", "00"), {0}, {0}, stops),
              ElementsAre(HasSubstr("comes after a failure in its partition and is not reported")));
}

TEST(Partition, IsViolatedByAFailureThatIsNotReported) {
  EXPECT_THAT(judged(kafka_case("xox", "001"), {0, 1, 2}, {0}),
              ElementsAre(HasSubstr("failed and is not reported")));
}

TEST(Partition, IsViolatedByAnotherPartitionThatStops) {
  EXPECT_THAT(judged(kafka_case("xo", "01"), {0}, {0, 1}, stops),
              ElementsAre(HasSubstr("never handled, and nothing in its partition failed")));
}

TEST(Partition, IsViolatedByAPartitionThatGoesOnWhereTheProcessorClaimsToStop) {
  EXPECT_THAT(judged(kafka_case("xo", "00"), {0, 1}, {0, 1}, stops),
              ElementsAre(HasSubstr("is handled after a failure in its partition")));
}

TEST(Partition, IsViolatedByASuccessThatIsReported) {
  EXPECT_THAT(judged(kafka_case("xo", "01"), {0, 1}, {0, 1}),
              ElementsAre(HasSubstr("succeeded and is reported")));
}

}  // namespace
}  // namespace batchproof::properties
