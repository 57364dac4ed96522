#include <batchproof/json.hpp>

#include <gmock/gmock.h>

#include <batchproof/fixtures/events.hpp>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace batchproof {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

struct Order {
  double quantity = 0;
};

void from_json(const nlohmann::json& json, Order& order) { json.at("quantity").get_to(order.quantity); }

void refuse_nothing(const Order& order) {
  if (order.quantity < 1) throw std::invalid_argument("quantity must be at least 1");
}

const BatchProcessor<SqsRecord> processor;

std::string orders(const std::vector<std::string>& bodies) {
  std::vector<fixtures::SqsMessage> messages;
  for (const std::string& body : bodies)
    messages.push_back({.message_id = "m" + std::to_string(messages.size()), .body = body});
  return fixtures::sqs_event(messages);
}

TEST(Typed, GivesTheHandlerItsPayload) {
  std::vector<double> seen;
  const auto note = [&](const Order& order) { seen.push_back(order.quantity); };
  EXPECT_EQ(process_partial_response(orders({R"({"quantity": 2})", R"({"quantity": 7.5})"}),
                                     typed<Order>(note), processor),
            R"({"batchItemFailures":[]})");
  EXPECT_THAT(seen, ElementsAre(2, 7.5));
}

TEST(Typed, FailsTheRecordThatDoesNotFitAndNoOther) {
  for (const char* body : {"not json", "{}", "[2]", "", R"({"quantity": "2"})", R"({"quantity": null})",
                           R"({"quantity": 2} x)", "{\"quantity\": 2"}) {
    const auto event = decode<SqsRecord>(orders({R"({"quantity": 2})", body, R"({"quantity": 3})"}));
    const auto batch = processor.process(event, typed<Order>(refuse_nothing));
    EXPECT_EQ(batch.response().to_json(), R"({"batchItemFailures":[{"itemIdentifier":"m1"}]})") << body;
    EXPECT_THAT(batch.messages()[1].cause, HasSubstr("body does not fit: ")) << body;
    EXPECT_EQ(batch.messages()[1].record.body(), body);
    EXPECT_THROW(std::rethrow_exception(batch.messages()[1].exception), PayloadError) << body;
  }
}

TEST(Typed, LetsTheHandlersOwnFailurePass) {
  const auto event = decode<SqsRecord>(orders({R"({"quantity": 2})", R"({"quantity": 0})"}));
  const auto batch = processor.process(event, typed<Order>(refuse_nothing));
  EXPECT_THAT(batch.messages()[1].cause, HasSubstr("quantity must be at least 1"));
  EXPECT_THROW(std::rethrow_exception(batch.messages()[1].exception), std::invalid_argument);
}

TEST(Typed, CallsTheLongestFormOfTheHandler) {
  const LambdaContext context{.request_id = "r1"};
  const std::string payload = orders({R"({"quantity": 2})"});
  std::string seen;
  const auto call = [&](auto handler) {
    seen.clear();
    static_cast<void>(process_partial_response(payload, typed<Order>(handler), processor, context));
    return seen;
  };
  EXPECT_EQ(call([&](const Order&) { seen = "payload"; }), "payload");
  EXPECT_EQ(call([&](const Order&, const SqsRecord& record) { seen = record.message_id(); }), "m0");
  EXPECT_EQ(call([&](const Order&, const LambdaContext& given) { seen = given.request_id; }), "r1");
  EXPECT_EQ(call([&](const Order&, const SqsRecord& record, const LambdaContext& given) {
              seen = std::string(record.message_id()) + given.request_id;
            }),
            "m0r1");
}

TEST(Typed, KeepsWhatTheHandlerReturns) {
  const auto event = decode<SqsRecord>(orders({R"({"quantity": 2})"}));
  const auto batch =
      processor.process(event, typed<Order>([](const Order& order) { return order.quantity; }));
  EXPECT_EQ(batch.messages()[0].result, 2);
}

TEST(Typed, MayChangeTheHandlersState) {
  const auto count = [calls = 0](const Order&) mutable {
    if (++calls == 2) throw std::runtime_error("the second");
  };
  EXPECT_EQ(process_partial_response(orders({R"({"quantity": 2})", R"({"quantity": 2})"}),
                                     typed<Order>(count), processor),
            R"({"batchItemFailures":[{"itemIdentifier":"m1"}]})");
}

TEST(Typed, ReadsTheDataOfKinesis) {
  const std::string payload = fixtures::kinesis_event({{.sequence_number = "1", .data = R"({"quantity": 2})"},
                                                       {.sequence_number = "2", .data = "\xff\x00 no text"}});
  const auto event = decode<KinesisStreamRecord>(payload);
  const auto batch = BatchProcessor<KinesisStreamRecord>().process(event, typed<Order>(refuse_nothing));
  EXPECT_EQ(batch.checkpoint(), "2");
  EXPECT_THAT(batch.messages()[1].cause, HasSubstr("kinesis/data does not fit: "));
}

class TypedChange : public ::testing::Test {
 protected:
  static fixtures::Item order(const std::string& quantity) {
    return fixtures::item(R"({"quantity": {"N": ")" + quantity + R"("}})");
  }

  /// The value that the handler was given for this one change; the failure's cause if it was given nothing.
  Change<Order> given(const fixtures::DynamoDbChange& change) {
    const auto event = decode<DynamoDbRecord>(fixtures::dynamodb_event({change}));
    Change<Order> seen;
    const auto batch = BatchProcessor<DynamoDbRecord>({.raise_on_entire_batch_failure = false})
                           .process(event, typed<Order>([&](const Change<Order>& one) { seen = one; }));
    cause_ = batch.messages()[0].cause;
    return seen;
  }

  std::string cause_;
};

TEST_F(TypedChange, HoldsBothImages) {
  const auto change = given(
      {.sequence_number = "1", .new_image = order("3"), .old_image = order("2"), .event_name = "MODIFY"});
  EXPECT_EQ(change.kind, ChangeKind::modify);
  EXPECT_EQ(change.old_image.value().quantity, 2);
  EXPECT_EQ(change.new_image.value().quantity, 3);
}

TEST_F(TypedChange, OfARemovalHasNoNewImage) {
  const auto change = given({.sequence_number = "1", .old_image = order("2"), .event_name = "REMOVE"});
  EXPECT_EQ(cause_, "");
  EXPECT_EQ(change.kind, ChangeKind::remove);
  EXPECT_FALSE(change.new_image);
  EXPECT_TRUE(change.old_image);
}

TEST_F(TypedChange, OfAStreamOfKeysHasNoImage) {
  const auto change = given(
      {.sequence_number = "1", .keys = order("1"), .event_name = "INSERT", .stream_view_type = "KEYS_ONLY"});
  EXPECT_EQ(cause_, "");
  EXPECT_FALSE(change.new_image);
  EXPECT_FALSE(change.old_image);
}

TEST_F(TypedChange, NamesTheImageThatDoesNotFit) {
  given({.sequence_number = "1", .new_image = fixtures::item("{}"), .event_name = "INSERT"});
  EXPECT_THAT(cause_, HasSubstr("dynamodb/NewImage does not fit: "));
  given({.sequence_number = "1", .old_image = fixtures::item("{}"), .event_name = "REMOVE"});
  EXPECT_THAT(cause_, HasSubstr("dynamodb/OldImage does not fit: "));
}

TEST(AttributeJson, IsPlainJsonOfEveryType) {
  const std::string payload = fixtures::dynamodb_event(
      {{.sequence_number = "1",
        .new_image = fixtures::item(
            R"({"s":{"S":"é"},"n":{"N":"18446744073709551615"},"d":{"N":"0.5"},"i":{"N":"-7"},"t":{"BOOL":true},)"
            R"("z":{"NULL":true},"m":{"M":{"a":{"S":"b"}}},"l":{"L":[{"N":"1"},{"S":"x"}]},"ss":{"SS":["p","q"]},)"
            R"("ns":{"NS":["1","2"]},"b":{"B":"/w=="},"bs":{"BS":["AQ=="]}})")}});
  const auto event = decode<DynamoDbRecord>(payload);
  nlohmann::json expected = nlohmann::json::parse(
      R"({"s":"é","n":18446744073709551615,"d":0.5,"i":-7,"t":true,"z":null,"m":{"a":"b"},"l":[1,"x"],)"
      R"("ss":["p","q"],"ns":[1,2]})");
  expected["b"] = nlohmann::json::binary({0xff});
  expected["bs"] = nlohmann::json::array({nlohmann::json::binary({1})});
  EXPECT_EQ(to_json(event.records()[0].new_image().value()), expected);
}

}  // namespace
}  // namespace batchproof
