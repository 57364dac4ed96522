#include <batchproof/generators/payload_case.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <batchproof/batch.hpp>
#include <batchproof/fixtures/hostile_input.hpp>
#include <batchproof/fixtures/payloads.hpp>
#include <batchproof/fixtures/source_info.hpp>
#include <batchproof/generators/hostile_case.hpp>
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

TEST(PayloadCase, ShrinksToPlainRecordsOfTheSamePayloads) {
  for (const Source source : fixtures::all_sources) {
    const bool holds_items = fixtures::info_of(source).payload_kind == fixtures::PayloadKind::item;
    const auto generator = holds_items ? payload_case(source, {R"({"a":{"N":"1"}})", R"({"a":{"N":"2"}})"},
                                                      {R"({"b":{"N":"3"}})"})
                                       : payload_case(source, {"1", "2"}, {"3"});
    rc::Random random(1);
    for (int index = 0; index < 100; ++index) {
      const auto drawn_case = generator(random.split(), 100);
      EXPECT_EQ(fixtures::payloads_in(drawn_case.value()),
                fixtures::payloads_in(drawn_case.shrinks().next()->value()));
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
  const auto expect_sent = [](Source source, const char* accepted, const char* rejected) {
    for (const BatchCase& batch : drawn(payload_case(source, {accepted}, {rejected}), cases))
      ASSERT_THAT(fixtures::hostile_input(batch), testing::IsEmpty()) << batch.payload();
    for (const BatchCase& batch : drawn(payload_case(source, {}, {rejected}), cases))
      ASSERT_THAT(fixtures::hostile_input(batch), testing::IsEmpty()) << batch.payload();
    for (const BatchCase& batch : drawn(hostile_case(source, {accepted}), cases)) {
      for (const std::string& reason : fixtures::hostile_input(batch))
        ASSERT_NE(reason.find("/body"), std::string::npos) << reason;  // that is the damage
    }
  };
  for (const Source source : {Source::sqs, Source::sqs_fifo, Source::kinesis})
    expect_sent(source, "good", "bad");
  expect_sent(Source::dynamodb, R"({"quantity":{"N":"2"}})", R"({"quantity":{"N":"0"}})");
}

TEST(PayloadCase, RefusesPayloadsThatCouldNotBeSent) {
  EXPECT_THROW(payload_case(Source::dynamodb, {"not json"}, {}), std::invalid_argument);
  EXPECT_THROW(payload_case(Source::dynamodb, {}, {R"({"quantity": 2})"}), std::invalid_argument);
  EXPECT_THROW(payload_case(Source::sqs, {"\xFF"}, {}), std::invalid_argument);
}

}  // namespace
}  // namespace batchproof::generators
