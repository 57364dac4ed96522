#include <batchproof/generators/payload_case.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <batchproof/batch.hpp>
#include <stdexcept>
#include <string>
#include <vector>

#include "drawn.hpp"

namespace batchproof::generators {
namespace {

using fixtures::BatchCase;
using fixtures::Source;

const std::vector<std::string> good{"good", R"({"text":"also \"good\" é"})"};
const std::vector<std::string> bad{"", "bad"};

std::string payload_of(const SqsRecord& record) { return std::string(record.body()); }
std::string payload_of(const KinesisStreamRecord& record) { return std::string(record.data()); }

template <class Record>
void expect_payloads_by_verdict(Source source) {
  std::size_t mixed = 0;
  for (const BatchCase& batch : drawn(payload_case(source, good, bad), cases)) {
    const auto event = decode<Record>(batch.payload());
    for (std::size_t index = 0; index < event.size(); ++index) {
      const auto& possible = batch.records[index].rejected ? bad : good;
      EXPECT_NE(std::find(possible.begin(), possible.end(), payload_of(event.records()[index])),
                possible.end());
    }
    const std::string pattern = batch.pattern();
    if (pattern.find('x') != std::string::npos && pattern.find('o') != std::string::npos) ++mixed;
  }
  EXPECT_GE(mixed, std::size_t{cases} / 10);
}

TEST(PayloadCase, CarriesAcceptedAndRejectedBodies) {
  expect_payloads_by_verdict<SqsRecord>(Source::sqs);
  expect_payloads_by_verdict<SqsRecord>(Source::sqs_fifo);
}

TEST(PayloadCase, CarriesAcceptedAndRejectedKinesisData) {
  expect_payloads_by_verdict<KinesisStreamRecord>(Source::kinesis);
}

TEST(PayloadCase, CarriesBytesThatAreNoText) {
  const auto batches = drawn(payload_case(Source::kinesis, {"\xFF"}, {}), cases);
  EXPECT_NO_THROW(for (const BatchCase& batch : batches) decode<KinesisStreamRecord>(batch.payload()));
}

TEST(PayloadCase, CarriesAcceptedAndRejectedNewImages) {
  const auto generator =
      payload_case(Source::dynamodb, {R"({"quantity":{"N":"2"}})"}, {R"({"quantity":{"N":"0"}})", "{}"});
  for (const BatchCase& batch : drawn(generator, cases)) {
    const auto event = decode<DynamoDbRecord>(batch.payload());
    for (std::size_t index = 0; index < event.size(); ++index) {
      const DynamoDbRecord& record = event.records()[index];
      EXPECT_NE(record.kind(), ChangeKind::remove);
      const auto quantity = record.new_image()->find("quantity");
      EXPECT_EQ(quantity && quantity->as_number().text() == "2", !batch.records[index].rejected);
      if (const auto old_image = record.old_image()) {
        EXPECT_EQ(old_image->at("quantity").as_number().text(), "2");
      }
    }
  }
}

TEST(PayloadCase, DrawsFromTheOneListThatHoldsPayloads) {
  for (const BatchCase& batch : drawn(payload_case(Source::sqs, good, {}), cases)) {
    EXPECT_EQ(batch.pattern().find('x'), std::string::npos);
  }
  for (const BatchCase& batch : drawn(payload_case(Source::sqs, {}, bad), cases)) {
    EXPECT_EQ(batch.pattern().find('o'), std::string::npos);
  }
  for (const BatchCase& batch : drawn(payload_case(Source::sqs, {}, {}), cases))
    EXPECT_TRUE(batch.records.empty());
}

TEST(PayloadCase, SendsEveryFieldThatAwsAlwaysSends) {
  for (const BatchCase& batch : drawn(payload_case(Source::sqs_fifo, good, bad), cases)) {
    const auto event = decode<SqsRecord>(batch.payload());
    for (const SqsRecord& record : event.records()) {
      EXPECT_TRUE(record.message_group_id().has_value());
      EXPECT_TRUE(record.attributes().sender_id().has_value());
      EXPECT_TRUE(record.attributes().approximate_receive_count().has_value());
    }
  }
}

TEST(PayloadCase, RefusesPayloadsThatCouldNotBeSent) {
  EXPECT_THROW(payload_case(Source::dynamodb, {"not json"}, {}), std::invalid_argument);
  EXPECT_THROW(payload_case(Source::dynamodb, {}, {R"({"quantity": 2})"}), std::invalid_argument);
  EXPECT_THROW(payload_case(Source::sqs, {"\xFF"}, {}), std::invalid_argument);
}

}  // namespace
}  // namespace batchproof::generators
