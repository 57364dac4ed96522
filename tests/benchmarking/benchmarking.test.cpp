#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <batchproof/benchmarking.hpp>
#include <stdexcept>
#include <string>
#include <vector>

namespace batchproof {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;
using ::testing::StartsWith;

template <class Record>
std::string payload_of(const Record& record) {
  if constexpr (std::is_same_v<Record, SqsRecord>) return std::string(record.body());
  if constexpr (std::is_same_v<Record, KinesisStreamRecord>) return std::string(record.data());
  if constexpr (std::is_same_v<Record, DynamoDbRecord>)
    return std::string(record.new_image()->at("order").as_string());
}

template <class Record>
void handle_good(const Record& record) {
  if (payload_of(record) != "good") throw std::invalid_argument("no good");
}

/// Keeps the output of Google Benchmark.
class Kept : public benchmark::BenchmarkReporter {
 public:
  bool ReportContext(const Context&) override { return true; }
  void ReportRuns(const std::vector<Run>& runs) override {
    runs_.insert(runs_.end(), runs.begin(), runs.end());
  }
  const std::vector<Run>& runs() const { return runs_; }

 private:
  std::vector<Run> runs_;
};

/// Runs each registered benchmark once.
std::vector<Kept::Run> run(benchmark::internal::Benchmark* registered) {
  registered->Iterations(1);
  Kept kept;
  benchmark::RunSpecifiedBenchmarks(&kept, ".");
  benchmark::ClearRegisteredBenchmarks();
  return kept.runs();
}

template <class Record>
class EachSource : public ::testing::Test {};
using Records = ::testing::Types<SqsRecord, KinesisStreamRecord, DynamoDbRecord>;
TYPED_TEST_SUITE(EachSource, Records);

std::string in_this_source(const std::string& payload, bool is_item) {
  return is_item ? R"({"order": {"S": ")" + payload + R"("}})" : payload;
}

TYPED_TEST(EachSource, TimesBatchesOfTheSizesAskedFor) {
  const bool is_item = std::is_same_v<TypeParam, DynamoDbRecord>;
  const auto runs = run(benchmark_handler<TypeParam>("orders", handle_good<TypeParam>,
                                                     {.accepted = {in_this_source("good", is_item)},
                                                      .rejected = {in_this_source("bad", is_item)},
                                                      .failure_rate = 0.5,
                                                      .records = {10, 100}}));
  ASSERT_THAT(runs, SizeIs(2));
  for (const auto& one : runs) ASSERT_FALSE(one.error_occurred) << one.error_message;
  EXPECT_THAT(runs[0].benchmark_name(), StartsWith("orders/10"));
  EXPECT_THAT(runs[1].benchmark_name(), StartsWith("orders/100"));
  EXPECT_GT(runs[1].counters.at("items_per_second"), 0);
  EXPECT_GT(runs[1].counters.at("bytes_per_second"), runs[1].counters.at("items_per_second"));
  EXPECT_GT(runs[1].counters.at("reported"), 20);
  EXPECT_LT(runs[1].counters.at("reported"), 80);
}

TEST(BenchmarkHandler, TimesAFifoQueueInBatchesOfTen) {
  const auto runs = run(
      benchmark_handler("orders", handle_good<SqsRecord>, SqsFifoPartialProcessor(), {.accepted = {"good"}}));
  ASSERT_THAT(runs, SizeIs(1));
  EXPECT_FALSE(runs[0].error_occurred) << runs[0].error_message;
  EXPECT_THAT(runs[0].benchmark_name(), StartsWith("orders/10"));
}

TEST(BenchmarkHandler, TimesBatchesThatFailAsAWhole) {
  const auto runs = run(benchmark_handler("orders", handle_good<SqsRecord>, BatchProcessor<SqsRecord>(),
                                          {.rejected = {"bad"}, .failure_rate = 1, .records = {10}}));
  ASSERT_THAT(runs, SizeIs(1));
  EXPECT_FALSE(runs[0].error_occurred) << runs[0].error_message;
  EXPECT_EQ(runs[0].counters.at("reported"), 10);
}

TEST(BenchmarkHandler, RefusesToTimeAHandlerThatFailsByMistake) {
  const auto runs = run(benchmark_handler<SqsRecord>("orders", handle_good<SqsRecord>,
                                                     {.accepted = {"better"}, .records = {10}}));
  ASSERT_THAT(runs, SizeIs(1));
  EXPECT_TRUE(runs[0].error_occurred);
  EXPECT_THAT(runs[0].error_message, HasSubstr("10 of 10 records are reported"));
}

TEST(BenchmarkHandler, RefusesToTimeAHandlerThatFailsOnAcceptedPayloadsBesideRejectedOnes) {
  const auto runs = run(benchmark_handler<SqsRecord>(
      "orders", handle_good<SqsRecord>,
      {.accepted = {"better"}, .rejected = {"bad"}, .failure_rate = 0.2, .records = {100}}));
  ASSERT_THAT(runs, SizeIs(1));
  EXPECT_TRUE(runs[0].error_occurred);
  EXPECT_THAT(runs[0].error_message, HasSubstr("fails on accepted payloads"));
}

TEST(BenchmarkHandler, TimesAProcessorThatReportsAcceptedRecordsBehindAFailure) {
  const auto runs = run(
      benchmark_handler("orders", handle_good<SqsRecord>, SqsFifoPartialProcessor(),
                        {.accepted = {"good"}, .rejected = {"bad"}, .failure_rate = 0.3, .records = {100}}));
  ASSERT_THAT(runs, SizeIs(1));
  EXPECT_FALSE(runs[0].error_occurred) << runs[0].error_message;
  EXPECT_GT(runs[0].counters.at("reported"), 60);
}

/// A processor of the user's own that fails before it handles a record.
class WithoutConnection : public BasePartialProcessor<SqsRecord> {
 public:
  using BasePartialProcessor<SqsRecord>::BasePartialProcessor;

 protected:
  void prepare() override { throw std::runtime_error("no connection"); }
};

TEST(BenchmarkHandler, EndsInTheErrorOfAnInvocationThatThrows) {
  const auto runs = run(benchmark_handler("orders", handle_good<SqsRecord>, WithoutConnection(),
                                          {.accepted = {"good"}, .records = {10}}));
  ASSERT_THAT(runs, SizeIs(1));
  EXPECT_TRUE(runs[0].error_occurred);
  EXPECT_EQ(runs[0].error_message, "no connection");
}

TEST(BenchmarkHandler, RefusesToTimeAHandlerThatAcceptsByMistake) {
  const auto runs = run(benchmark_handler<SqsRecord>(
      "orders", handle_good<SqsRecord>, {.rejected = {"good"}, .failure_rate = 1, .records = {10}}));
  ASSERT_THAT(runs, SizeIs(1));
  EXPECT_TRUE(runs[0].error_occurred);
  EXPECT_THAT(runs[0].error_message, HasSubstr("accepts the rejected payload"));
}

TEST(BenchmarkHandler, RefusesOptionsThatNoBatchCouldHave) {
  const auto register_with = [](const BenchmarkHandlerOptions& options) {
    benchmark_handler<SqsRecord>("orders", handle_good<SqsRecord>, options);
  };
  EXPECT_THROW(register_with({}), std::invalid_argument);
  EXPECT_THROW(register_with({.accepted = {"good"}, .failure_rate = 0.1}), std::invalid_argument);
  EXPECT_THROW(register_with({.accepted = {"good"}, .rejected = {"bad"}, .failure_rate = 1.1}),
               std::invalid_argument);
  EXPECT_THROW(register_with({.accepted = {"good"}, .records = {0}}), std::invalid_argument);
}

TEST(BenchmarkHandler, RefusesPayloadsThatTheSourceCannotHold) {
  EXPECT_THROW(benchmark_handler<SqsRecord>("orders", handle_good<SqsRecord>, {.accepted = {"\xff"}}),
               std::invalid_argument);
  EXPECT_THROW(
      benchmark_handler<DynamoDbRecord>("orders", handle_good<DynamoDbRecord>, {.accepted = {"no item"}}),
      std::invalid_argument);
  Kept kept;
  EXPECT_EQ(benchmark::RunSpecifiedBenchmarks(&kept, "."), 0U);  // none was registered
}

}  // namespace
}  // namespace batchproof
