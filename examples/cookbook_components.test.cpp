// Tasks of functions with the components envelopes and idempotency; docs/cookbook.md shows them.

#include <gtest/gtest.h>

#include <batchproof/batch.hpp>
#include <batchproof/envelopes.hpp>
#include <batchproof/fixtures/events.hpp>
#include <batchproof/gtest.hpp>
#include <batchproof/idempotency.hpp>
#include <chrono>
#include <string>

namespace bp = batchproof;
using namespace std::chrono_literals;

namespace {

const bp::BatchProcessor<bp::SqsRecord> processor;

std::string queue_event(const std::string& body) {
  return bp::fixtures::sqs_event({{.message_id = "m1", .body = body}});
}

TEST(CookbookComponents, UnwrapANotificationOfSns) {
  std::string ordered;
  const auto handle = [&](const bp::SnsMessage& message) { ordered = message.message(); };

  const std::string event = queue_event(R"({"Type": "Notification", "MessageId": "s1", "Message": "teapot",
                                            "TopicArn": "arn:aws:sns:eu-west-1:123456789012:orders"})");
  EXPECT_THAT(bp::process_partial_response(event, bp::sns_message(handle), processor), bp::ReportsNothing());
  EXPECT_EQ(ordered, "teapot");
}

TEST(CookbookComponents, ChargeOnceForAMessageThatComesTwice) {
  int charges = 0;
  const auto charge = [&](const bp::SqsRecord&) { return "receipt " + std::to_string(++charges); };
  bp::MemoryStore store;  // in a function: bp::DynamoDbStore or bp::RedisStore
  const auto charge_once = bp::idempotent(charge, store, {.expires_after = 5 * 24h});

  static_cast<void>(bp::process_partial_response(queue_event("teapot"), charge_once, processor));
  static_cast<void>(bp::process_partial_response(queue_event("teapot"), charge_once, processor));
  EXPECT_EQ(charges, 1);
}

}  // namespace
