// The errors of payloads that do not fit, and images of two types.

#include <batchproof/json.hpp>

#include <gmock/gmock.h>

#include <batchproof/fixtures/events.hpp>
#include <new>
#include <stdexcept>
#include <string>
#include <vector>

namespace batchproof::payload_error_tests {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

struct Order {
  int quantity = 0;
};
BOOST_DESCRIBE_STRUCT(Order, (), (quantity))

const BatchProcessor<SqsRecord> processor;

std::string event_of(const std::vector<std::string>& bodies) {
  std::vector<fixtures::SqsMessage> messages;
  for (const std::string& body : bodies)
    messages.push_back({.message_id = "m" + std::to_string(messages.size()), .body = body});
  return fixtures::sqs_event(messages);
}

const std::string event = event_of({R"({"quantity":1})", R"({"quantity":1.5})", R"({"quantity":0})"});

void handle(const Order& order) {
  if (order.quantity == 0) throw std::invalid_argument("quantity must be at least 1");
}

TEST(PayloadErrors, FailTheirRecord) {
  EXPECT_EQ(process_partial_response(event, typed<Order>(handle), processor),
            R"({"batchItemFailures":[{"itemIdentifier":"m1"},{"itemIdentifier":"m2"}]})");
}

TEST(PayloadErrors, AreIgnoredWhenAskedTo) {
  EXPECT_EQ(process_partial_response(event, typed<Order>(handle, ignore_payload_errors), processor),
            R"({"batchItemFailures":[{"itemIdentifier":"m2"}]})");
}

TEST(PayloadErrors, AreGivenToAHandlerOfTheirOwn) {
  std::vector<std::string> seen;
  const auto note = [&](const PayloadError& error, const SqsRecord& record) {
    seen.push_back(std::string(record.message_id()) + " " + error.path() + " " + std::string(record.body()));
  };
  EXPECT_EQ(process_partial_response(event, typed<Order>(handle, note), processor),
            R"({"batchItemFailures":[{"itemIdentifier":"m2"}]})");
  EXPECT_THAT(seen, ElementsAre(R"(m1 /quantity {"quantity":1.5})"));
}

TEST(PayloadErrors, FailTheirRecordWhenTheirHandlerThrows) {
  const auto refuse = [](const PayloadError&, const SqsRecord&, const LambdaContext& context) {
    throw std::runtime_error("set aside by " + context.request_id);
  };
  const auto decoded = decode<SqsRecord>(event);
  const auto batch = processor.process(decoded, typed<Order>(handle, refuse), {.request_id = "r1"});
  EXPECT_THAT(batch.messages()[1].cause, HasSubstr("set aside by r1"));
  EXPECT_THAT(batch.messages()[2].cause, HasSubstr("quantity must be at least 1"));
}

TEST(PayloadErrors, MayGiveTheResultInPlaceOfTheHandler) {
  const auto decoded = decode<SqsRecord>(event);
  const auto batch =
      processor.process(decoded, typed<Order>([](const Order& order) { return order.quantity; },
                                              [](const PayloadError&) { return -1; }));
  EXPECT_EQ(batch.messages()[0].result, 1);
  EXPECT_EQ(batch.messages()[1].result, -1);
}

struct Unlucky {};
void from_payload(PayloadValue&, Unlucky&) { throw std::bad_alloc(); }

TEST(PayloadErrors, AreNotMadeOfMissingMemory) {
  EXPECT_EQ(process_partial_response(event_of({"1", "2"}),
                                     typed<Unlucky>([](const Unlucky&) {}, ignore_payload_errors),
                                     BatchProcessor<SqsRecord>({.raise_on_entire_batch_failure = false})),
            R"({"batchItemFailures":[{"itemIdentifier":"m0"},{"itemIdentifier":"m1"}]})");
}

struct OrderV2 {
  std::string quantity;
};
BOOST_DESCRIBE_STRUCT(OrderV2, (), (quantity))

struct OrderOfNlohmann {
  std::string quantity;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(OrderOfNlohmann, quantity)

template <class Old, class New>
void expect_both_images() {
  const auto changes = decode<DynamoDbRecord>(fixtures::dynamodb_event(
      {{.sequence_number = "1",
        .new_image = fixtures::item(R"({"quantity":{"S":"two"}})"),
        .old_image = fixtures::item(R"({"quantity":{"N":"2"}})"),
        .event_name = "MODIFY"},
       {.sequence_number = "2",
        .old_image = fixtures::item(R"({"quantity":{"N":"3"}})"),
        .event_name = "REMOVE"},
       {.sequence_number = "3", .event_name = "INSERT", .stream_view_type = "KEYS_ONLY"},
       {.sequence_number = "4",
        .new_image = fixtures::item(R"({"quantity":{"N":"2"}})"),
        .event_name = "INSERT"}}));
  std::string seen;
  const auto batch = BatchProcessor<DynamoDbRecord>().process(
      changes, typed<Change<Old, New>>([&](const Change<Old, New>& change) {
        seen += change.old_image ? std::to_string(change.old_image->quantity) : "-";
        seen += change.new_image ? change.new_image->quantity : "-";
      }));
  EXPECT_EQ(seen, "2two3---");
  EXPECT_EQ(batch.checkpoint(), "4");
  EXPECT_THAT(batch.messages()[3].cause, HasSubstr("dynamodb/NewImage does not fit: "));
}

TEST(Change, MayHaveImagesOfTwoTypes) {
  expect_both_images<Order, OrderV2>();
  expect_both_images<Order, OrderOfNlohmann>();
}

}  // namespace
}  // namespace batchproof::payload_error_tests
