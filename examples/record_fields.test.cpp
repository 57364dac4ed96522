// Tests of record handlers that read more of a record than its payload.

#include <batchproof/batch.hpp>
#include <batchproof/gtest.hpp>
#include <stdexcept>
#include <string_view>

namespace bp = batchproof;

namespace {

// Queues carry several kinds of messages; the sender names the kind in an attribute.
void handle_order(const bp::SqsRecord& record) {
  const auto kind = record.message_attribute("kind");
  if (!kind || kind->string_value() != "order") throw std::invalid_argument("not an order");
  if (record.body() != "teapot") throw std::invalid_argument("not for sale");
}

TEST(OrderHandler, HandlesMessagesOfItsKind) {
  EXPECT_TRUE(bp::verify_handler<bp::SqsRecord>(
      handle_order, {.accepted = {"teapot"}, .rejected = {"moon"}, .record_fields = R"({"messageAttributes": {
                       "kind": {"dataType": "String", "stringValue": "order"}}})"}));
}

void forget_customer(std::string_view) {}

// The table's key is customer_id.
void handle_change(const bp::DynamoDbRecord& record) {
  const auto customer = record.keys().value().at("customer_id");
  const auto image = record.new_image();
  if (!image || image->at("consent").as_boolean()) return;
  forget_customer(customer.as_string());
}

TEST(ChangeHandler, ReadsTheKeyOfItsTable) {
  EXPECT_TRUE(bp::verify_handler<bp::DynamoDbRecord>(
      handle_change, {.accepted = {R"({"consent": {"BOOL": false}})"},
                      .rejected = {"{}"},
                      .record_fields = R"({"dynamodb": {"Keys": {"customer_id": {"S": "c-1"}}}})"}));
}

}  // namespace
