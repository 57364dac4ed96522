// Tasks of functions, ten lines each; docs/cookbook.md shows them.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <batchproof/batch.hpp>
#include <batchproof/fixtures/events.hpp>
#include <batchproof/json.hpp>
#include <chrono>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <vector>

namespace bp = batchproof;
using namespace std::chrono_literals;
using ::testing::ElementsAre;

namespace {

struct Order {
  std::string sku;
  int quantity = 0;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Order, sku, quantity)

const std::string no_failures = R"({"batchItemFailures":[]})";

TEST(CookbookFunctions, ParkAMessageAtItsThirdDelivery) {
  std::vector<std::string> parked;
  const auto handle = [&](const bp::SqsRecord& record) {
    if (record.attributes().approximate_receive_count().value_or(1) >= 3) {
      parked.emplace_back(record.body());  // such as into a table, for people to look at
      return;                              // done: the queue deletes it
    }
    throw std::runtime_error("the warehouse does not answer");
  };

  const std::string event =
      bp::fixtures::sqs_event({{.message_id = "m1", .body = "one", .approximate_receive_count = 3},
                               {.message_id = "m2", .body = "two"}});
  EXPECT_EQ(bp::process_partial_response(event, handle, bp::BatchProcessor<bp::SqsRecord>()),
            R"({"batchItemFailures":[{"itemIdentifier":"m2"}]})");
  EXPECT_THAT(parked, ElementsAre("one"));
}

TEST(CookbookFunctions, ReadTheTenantFromAMessageAttribute) {
  std::string tenant;
  const auto handle = [&](const bp::SqsRecord& record) {
    const auto attribute = record.message_attribute("tenant");
    tenant = attribute ? std::string(attribute->string_value().value_or("")) : "nobody";
  };

  const std::string event = bp::fixtures::sqs_event({{.message_id = "m1"}});
  EXPECT_EQ(bp::process_partial_response(event, handle, bp::BatchProcessor<bp::SqsRecord>()), no_failures);
  EXPECT_EQ(tenant, "nobody");
}

TEST(CookbookFunctions, UnwrapANotificationOfSns) {
  std::string subject;
  const auto handle = [&](const bp::SqsRecord& record) {
    const auto envelope = nlohmann::json::parse(record.body());  // without raw message delivery
    subject = nlohmann::json::parse(envelope.at("Message").get<std::string>()).at("subject");
  };

  const std::string body = R"({"Type": "Notification", "Message": "{\"subject\": \"teapot\"}"})";
  const std::string event = bp::fixtures::sqs_event({{.message_id = "m1", .body = body}});
  EXPECT_EQ(bp::process_partial_response(event, handle, bp::BatchProcessor<bp::SqsRecord>()), no_failures);
  EXPECT_EQ(subject, "teapot");
}

TEST(CookbookFunctions, LogEachFailureWithItsCause) {
  std::vector<std::string> log;
  const bp::BatchProcessor<bp::SqsRecord> processor{
      {.on_failure = [&](const bp::SqsRecord& record, const bp::Failure& failure) {
        log.push_back(std::string(record.message_id()) + ": " + failure.cause);
      }}};

  const std::string event =
      bp::fixtures::sqs_event({{.message_id = "m1", .body = "{}"}, {.message_id = "m2"}});
  const auto handle = [](const bp::SqsRecord& record) {
    if (record.body() == "{}") throw std::invalid_argument("an empty order");
  };
  bp::process_partial_response(event, handle, processor);
  EXPECT_THAT(log, ElementsAre("m1: an empty order"));
}

TEST(CookbookFunctions, KeepWhatEachHandlerReturned) {
  const auto price_of = [](const bp::SqsRecord& record) { return std::stoi(std::string(record.body())) * 2; };

  const auto event = bp::decode<bp::SqsRecord>(
      bp::fixtures::sqs_event({{.message_id = "m1", .body = "7"}, {.message_id = "m2", .body = "a lot"}}));
  const auto batch = bp::BatchProcessor<bp::SqsRecord>().process(event, price_of);
  EXPECT_EQ(batch.messages()[0].result, 14);
  EXPECT_EQ(batch.messages()[1].result, std::nullopt);
}

TEST(CookbookFunctions, AnswerWithAListThoughEveryRecordFailed) {
  const bp::BatchProcessor<bp::SqsRecord> processor{{.raise_on_entire_batch_failure = false}};
  const auto handle = [](const bp::SqsRecord&) { throw std::runtime_error("closed on Sundays"); };

  const std::string event = bp::fixtures::sqs_event({{.message_id = "m1"}});
  EXPECT_EQ(bp::process_partial_response(event, handle, processor),
            R"({"batchItemFailures":[{"itemIdentifier":"m1"}]})");
}

TEST(CookbookFunctions, LetOneCustomerFailAndTheOthersGoOn) {
  const bp::SqsFifoPartialProcessor processor{{.skip_group_on_error = true}};
  const auto handle = [](const bp::SqsRecord& record) {
    if (record.body() == "bad") throw std::invalid_argument("a bad order");
  };

  const std::string event =
      bp::fixtures::sqs_fifo_event({{.message_id = "a1", .body = "bad", .message_group_id = "customer-a"},
                                    {.message_id = "b1", .message_group_id = "customer-b"},
                                    {.message_id = "a2", .message_group_id = "customer-a"}});
  EXPECT_EQ(bp::process_partial_response(event, handle, processor),
            R"({"batchItemFailures":[{"itemIdentifier":"a1"},{"itemIdentifier":"a2"}]})");
}

TEST(CookbookFunctions, FindWhereAStreamStartsAgain) {
  const bp::BatchProcessor<bp::KinesisStreamRecord> processor{{.stop_on_first_failure = true}};
  const auto handle = [](const bp::KinesisStreamRecord& record) {
    if (record.data() == "bad") throw std::invalid_argument("a bad reading");
  };

  const auto event = bp::decode<bp::KinesisStreamRecord>(bp::fixtures::kinesis_event(
      {{.sequence_number = "9"}, {.sequence_number = "10", .data = "bad"}, {.sequence_number = "11"}}));
  EXPECT_EQ(processor.process(event, handle).checkpoint(), "10");
}

TEST(CookbookFunctions, FollowItemsThatExpired) {
  int expired = 0;
  const auto handle = [&](const bp::DynamoDbRecord& record) {
    if (record.is_ttl_delete()) ++expired;  // and not those that someone deleted
  };

  const std::string event = bp::fixtures::dynamodb_event(
      {{.sequence_number = "1", .event_name = "REMOVE", .user_identity = bp::fixtures::UserIdentity{}},
       {.sequence_number = "2", .event_name = "REMOVE"}});
  EXPECT_EQ(bp::process_partial_response(event, handle, bp::BatchProcessor<bp::DynamoDbRecord>()),
            no_failures);
  EXPECT_EQ(expired, 1);
}

TEST(CookbookFunctions, ActWhenOneFieldOfAnItemChanged) {
  int changes = 0;
  const auto handle = [&](const bp::Change<Order>& change) {
    if (change.old_image && change.new_image && change.old_image->quantity != change.new_image->quantity)
      ++changes;
  };

  const auto two = bp::fixtures::item(R"({"sku": {"S": "teapot"}, "quantity": {"N": "2"}})");
  const auto five = bp::fixtures::item(R"({"sku": {"S": "teapot"}, "quantity": {"N": "5"}})");
  const std::string event = bp::fixtures::dynamodb_event(
      {{.sequence_number = "1", .new_image = five, .old_image = two, .event_name = "MODIFY"},
       {.sequence_number = "2", .new_image = two, .old_image = two, .event_name = "MODIFY"}});
  bp::process_partial_response(event, bp::typed<Order>(handle), bp::BatchProcessor<bp::DynamoDbRecord>());
  EXPECT_EQ(changes, 1);
}

TEST(CookbookFunctions, DropPayloadsThatDoNotFit) {
  int pieces = 0;
  const auto handle = [&](const Order& order) { pieces += order.quantity; };

  const std::string event =
      bp::fixtures::sqs_event({{.message_id = "m1", .body = R"({"sku": "teapot", "quantity": 2})"},
                               {.message_id = "m2", .body = "ping"}});
  EXPECT_EQ(bp::process_partial_response(event, bp::typed<Order>(handle, bp::ignore_payload_errors),
                                         bp::BatchProcessor<bp::SqsRecord>()),
            no_failures);
  EXPECT_EQ(pieces, 2);
}

TEST(CookbookFunctions, HandleEightMessagesAtOnce) {
  const bp::BatchProcessor<bp::SqsRecord> processor{{.max_concurrency = 8}};
  const auto handle = [](const bp::SqsRecord& record) {  // called from eight threads
    if (record.body() == "bad") throw std::invalid_argument("a bad order");
  };

  const std::string event =
      bp::fixtures::sqs_event({{.message_id = "m1", .body = "bad"}, {.message_id = "m2"}});
  EXPECT_EQ(bp::process_partial_response(event, handle, processor),
            R"({"batchItemFailures":[{"itemIdentifier":"m1"}]})");
}

TEST(CookbookFunctions, StartNothingThatWouldNotFinish) {
  const bp::BatchProcessor<bp::SqsRecord> processor{
      {.raise_on_entire_batch_failure = false, .reserve = 2s}};  // longer than a message takes
  const bp::LambdaContext context{.deadline = std::chrono::system_clock::now() + 1s};

  const std::string event = bp::fixtures::sqs_event({{.message_id = "m1"}});
  const auto handle = [](const bp::SqsRecord&) { FAIL() << "there was no time for it"; };
  EXPECT_EQ(bp::process_partial_response(event, handle, processor, context),
            R"({"batchItemFailures":[{"itemIdentifier":"m1"}]})");
}

// Writes the records of a batch at once. What `clean` throws fails the invocation, so that all come again.
class BulkWriter : public bp::BasePartialProcessor<bp::SqsRecord> {
 public:
  std::vector<std::string> written;

 protected:
  void prepare() override { rows_.clear(); }
  void process_record(const bp::SqsRecord& record) override {
    handle(record);
    rows_.emplace_back(record.body());
  }
  void clean() override { written = rows_; }

 private:
  std::vector<std::string> rows_;
};

TEST(CookbookFunctions, WriteTheRecordsOfABatchAtOnce) {
  BulkWriter processor;
  const auto validate = [](const bp::SqsRecord& record) {
    if (record.body().empty()) throw std::invalid_argument("nothing to write");
  };
  const std::string event =
      bp::fixtures::sqs_event({{.message_id = "m1", .body = "one"}, {.message_id = "m2", .body = ""}});
  EXPECT_EQ(bp::process_partial_response(event, validate, processor),
            R"({"batchItemFailures":[{"itemIdentifier":"m2"}]})");
  EXPECT_THAT(processor.written, ElementsAre("one"));
}

}  // namespace
