#include <batchproof/process_partial_response.hpp>

#include <gtest/gtest.h>

#include <batchproof/batch.hpp>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "events.hpp"

namespace batchproof {
namespace {

const BatchProcessor<SqsRecord> sqs_processor;

void reject_message_2(const SqsRecord& record) {
  if (record.index() == 1) throw std::runtime_error("rejected");
}

constexpr std::string_view message_2_failed = R"({"batchItemFailures":[{"itemIdentifier":"2"}]})";

TEST(ProcessPartialResponse, TakesAStringAndLeavesItAlone) {
  const std::string payload = batch_of<SqsRecord>({"1", "2"});
  const std::string before = payload;
  EXPECT_EQ(process_partial_response(payload, reject_message_2, sqs_processor), message_2_failed);
  EXPECT_EQ(payload, before);
}

TEST(ProcessPartialResponse, TakesAStringToKeep) {
  std::string payload = batch_of<SqsRecord>({"1", "2"});
  EXPECT_EQ(process_partial_response(std::move(payload), reject_message_2, sqs_processor), message_2_failed);
}

TEST(ProcessPartialResponse, TakesAView) {
  const std::string payload = batch_of<SqsRecord>({"1", "2"}) + "garbage";
  EXPECT_EQ(process_partial_response(std::string_view(payload).substr(0, payload.size() - 7),
                                     reject_message_2, sqs_processor),
            message_2_failed);
}

TEST(ProcessPartialResponse, TakesALiteral) {
  EXPECT_EQ(process_partial_response(R"({"Records":[]})", reject_message_2, sqs_processor),
            R"({"batchItemFailures":[]})");
}

TEST(ProcessPartialResponse, TakesATerminatedText) {
  const std::string payload = batch_of<SqsRecord>({"1", "2"});
  EXPECT_EQ(process_partial_response(payload.c_str(), reject_message_2, sqs_processor), message_2_failed);
}

TEST(ProcessPartialResponse, LetsTheHandlerSeeTheInvocation) {
  std::string seen;
  const LambdaContext context{.request_id = "r-1"};
  static_cast<void>(
      process_partial_response(R"({"Records":[{"messageId":"1","eventSource":"aws:sqs"}]})",
                               [&](const SqsRecord&, const LambdaContext& given) { seen = given.request_id; },
                               sqs_processor, context));
  EXPECT_EQ(seen, "r-1");
}

TEST(ProcessPartialResponse, TakesAProcessorMadeOnTheSpot) {
  EXPECT_EQ(process_partial_response(R"({"Records":[]})", [](const DynamoDbRecord&) {},
                                     BatchProcessor<DynamoDbRecord>{}),
            R"({"batchItemFailures":[]})");
}

TEST(ProcessPartialResponse, HandlesOneHundredMegabytes) {
  std::string body(std::size_t{100} << 20, 'a');
  body += R"(\n)";
  std::size_t size = 0;
  EXPECT_EQ(process_partial_response(
                event_of({sqs_record("1", body), sqs_record("2")}),
                [&](const SqsRecord& record) {
                  size += record.body().size();
                  reject_message_2(record);
                },
                sqs_processor),
            message_2_failed);
  EXPECT_EQ(size, (std::size_t{100} << 20) + 1 + 5);
}

TEST(ProcessPartialResponse, HandlesOneHundredMegabytesOfSmallRecords) {
  const std::string record = sqs_record("1", std::string(1'000, 'a'));
  std::string payload = R"({"Records":[)";
  while (payload.size() < std::size_t{100} << 20) payload += record + ",";
  payload += record + "]}";
  std::size_t handled = 0;
  EXPECT_EQ(process_partial_response(
                std::move(payload), [&](const SqsRecord& seen) { handled += seen.body().size() / 1'000; },
                sqs_processor),
            R"({"batchItemFailures":[]})");
  EXPECT_GT(handled, 50'000U);
}

/// Counts its batches, in a `process` of its own.
class CountingProcessor : public BatchProcessor<SqsRecord> {
 public:
  template <class Handler>
  auto process(const Event<SqsRecord>& event, Handler&& handler, const LambdaContext& context) {
    ++batches;
    return BatchProcessor<SqsRecord>::process(event, handler, context);
  }
  int batches = 0;
};

TEST(ProcessPartialResponse, AsksTheProcessOfWhatDerivesFromAProcessor) {
  CountingProcessor processor;
  EXPECT_EQ(process_partial_response(two_records, reject_first, processor),
            R"({"batchItemFailures":[{"itemIdentifier":"1"}]})");
  EXPECT_EQ(processor.batches, 1);
}

}  // namespace
}  // namespace batchproof
