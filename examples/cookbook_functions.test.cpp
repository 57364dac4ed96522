// Tasks of functions, of at most ten lines each; docs/cookbook.md shows them.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <batchproof/batch.hpp>
#include <batchproof/fixtures/events.hpp>
#include <batchproof/gtest.hpp>
#include <batchproof/json.hpp>
#include <batchproof/windows.hpp>
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

struct Totals {
  int orders = 0;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Totals, orders)

const bp::BatchProcessor<bp::SqsRecord> default_processor;
const bp::BatchProcessor<bp::DynamoDbRecord> table_processor;

void refuse_bad(const bp::SqsRecord& record) {
  if (record.body() == "bad") throw std::invalid_argument("a bad order");
}

/// The event of a standard queue with the messages m1, m2 and so on.
std::string queue_event(const std::vector<std::string>& bodies) {
  std::vector<bp::fixtures::SqsMessage> messages;
  for (const std::string& body : bodies)
    messages.push_back({.message_id = "m" + std::to_string(messages.size() + 1), .body = body});
  return bp::fixtures::sqs_event(messages);
}

const std::string third_and_first_delivery =
    bp::fixtures::sqs_event({{.message_id = "m1", .body = "one", .approximate_receive_count = 3},
                             {.message_id = "m2", .body = "two"}});

const std::string message_of_acme = bp::fixtures::sqs_event(
    {{.message_id = "m1", .message_attributes = {{.name = "tenant", .string_value = "acme"}}}});

const std::string one_expired_and_one_deleted = bp::fixtures::dynamodb_event(
    {{.sequence_number = "1", .event_name = "REMOVE", .user_identity = bp::fixtures::UserIdentity{}},
     {.sequence_number = "2", .event_name = "REMOVE"}});

const auto two_teapots = bp::fixtures::item(R"({"sku": {"S": "teapot"}, "quantity": {"N": "2"}})");
const auto five_teapots = bp::fixtures::item(R"({"sku": {"S": "teapot"}, "quantity": {"N": "5"}})");
const std::string two_updates_and_one_of_the_quantity = bp::fixtures::dynamodb_event(
    {{.sequence_number = "1", .new_image = five_teapots, .old_image = two_teapots, .event_name = "MODIFY"},
     {.sequence_number = "2", .new_image = two_teapots, .old_image = two_teapots, .event_name = "MODIFY"}});

const std::string last_event_of_a_window = R"({
  "Records": [{"eventSource": "aws:kinesis",
               "kinesis": {"sequenceNumber": "3", "partitionKey": "k", "data": "e30="}}],
  "window": {"start": "2020-12-09T07:04:00Z", "end": "2020-12-09T07:06:00Z"},
  "state": {"orders": 2}, "shardId": "shardId-000000000006",
  "isFinalInvokeForWindow": true, "isWindowTerminatedEarly": false})";

TEST(CookbookFunctions, ParkAMessageAtItsThirdDelivery) {
  std::vector<std::string> parked;  // such as a table, for people to look at
  const auto handle = [&](const bp::SqsRecord& record) {
    if (record.attributes().approximate_receive_count() < 3U) throw std::runtime_error("no answer");
    parked.emplace_back(record.body());  // returning means done: the queue deletes it
  };
  const std::string& event = third_and_first_delivery;  // of the messages m1 and m2
  EXPECT_THAT(bp::process_partial_response(event, handle, default_processor), bp::ReportsExactly("m2"));
  EXPECT_THAT(parked, ElementsAre("one"));
}

TEST(CookbookFunctions, ReadTheTenantFromAMessageAttribute) {
  std::string tenant = "nobody";
  const auto handle = [&](const bp::SqsRecord& record) {
    const auto attribute = record.message_attribute("tenant");
    if (attribute) tenant = attribute->string_value().value_or("");
  };

  static_cast<void>(bp::process_partial_response(message_of_acme, handle, default_processor));
  EXPECT_EQ(tenant, "acme");
}

TEST(CookbookFunctions, LogEachFailureWithItsCause) {
  std::vector<std::string> log;
  const auto write = [&](const bp::SqsRecord& record, const bp::Failure& failure) {
    log.push_back(std::string(record.message_id()) + ": " + failure.cause);
  };
  const bp::BatchProcessor<bp::SqsRecord> processor{{.on_failure = write}};

  static_cast<void>(bp::process_partial_response(queue_event({"bad", "good"}), refuse_bad, processor));
  EXPECT_THAT(log, ElementsAre("m1: a bad order"));
}

TEST(CookbookFunctions, KeepWhatEachHandlerReturned) {
  const auto price_of = [](const bp::SqsRecord& record) { return std::stoi(std::string(record.body())) * 2; };

  const auto event = bp::decode<bp::SqsRecord>(queue_event({"7", "a lot"}));
  const auto batch = default_processor.process(event, price_of);
  EXPECT_EQ(batch.messages()[0].result, 14);
  EXPECT_EQ(batch.messages()[1].result, std::nullopt);
}

TEST(CookbookFunctions, AnswerWithAListThoughEveryRecordFailed) {
  const bp::BatchProcessor<bp::SqsRecord> processor{{.raise_on_entire_batch_failure = false}};
  const auto handle = [](const bp::SqsRecord&) { throw std::runtime_error("closed on Sundays"); };

  const std::string event = queue_event({"one", "two"});
  EXPECT_THAT(bp::process_partial_response(event, handle, processor), bp::ReportsExactly("m1", "m2"));
}

TEST(CookbookFunctions, LetOneCustomerFailAndTheOthersGoOn) {
  const bp::SqsFifoPartialProcessor processor{{.skip_group_on_error = true}};
  const std::string event =
      bp::fixtures::sqs_fifo_event({{.message_id = "a1", .body = "bad", .message_group_id = "customer-a"},
                                    {.message_id = "b1", .message_group_id = "customer-b"},
                                    {.message_id = "a2", .message_group_id = "customer-a"}});

  EXPECT_THAT(bp::process_partial_response(event, refuse_bad, processor), bp::ReportsExactly("a1", "a2"));
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

TEST(CookbookFunctions, StopOnePartitionAndLetTheOthersGoOn) {
  const bp::BatchProcessor<bp::KafkaRecord> processor{{.stop_on_first_failure = true}};
  const auto handle = [](const bp::KafkaRecord& record) {
    if (record.value() == "bad") throw std::invalid_argument("a bad order");
  };
  const auto event = bp::decode<bp::KafkaRecord>(bp::fixtures::kafka_event(
      {{.partition = 0, .offset = 7, .value = "bad"}, {.partition = 0, .offset = 8}, {.partition = 1}}));
  EXPECT_THAT(processor.process(event, handle).checkpoints(),
              ElementsAre(R"({"partition":"orders-0","offset":7})"));
}

TEST(CookbookFunctions, FollowItemsThatExpired) {
  int expired = 0;
  const auto handle = [&](const bp::DynamoDbRecord& record) {
    if (record.is_ttl_delete()) ++expired;  // and not those that someone deleted
  };

  static_cast<void>(bp::process_partial_response(one_expired_and_one_deleted, handle, table_processor));
  EXPECT_EQ(expired, 1);
}

TEST(CookbookFunctions, ActWhenOneFieldOfAnItemChanged) {
  int changes = 0;
  const auto handle = [&](const bp::Change<Order>& change) {
    if (!change.old_image || !change.new_image) return;  // made or deleted
    if (change.old_image->quantity != change.new_image->quantity) ++changes;
  };
  const std::string& event = two_updates_and_one_of_the_quantity;
  static_cast<void>(bp::process_partial_response(event, bp::typed<Order>(handle), table_processor));
  EXPECT_EQ(changes, 1);
}

TEST(CookbookFunctions, CountTheOrdersOfAWindow) {
  std::vector<int> published;
  const auto add = [](Totals& totals, const bp::KinesisStreamRecord&) { ++totals.orders; };
  const auto publish = [&](const Totals& totals, const bp::Window&) { published.push_back(totals.orders); };

  const bp::BatchProcessor<bp::KinesisStreamRecord> processor;
  static_cast<void>(bp::process_window<Totals>(last_event_of_a_window, add, publish, processor));
  EXPECT_THAT(published, ElementsAre(3));  // two of earlier events, and the one of this
}

TEST(CookbookFunctions, DropPayloadsThatDoNotFit) {
  int pieces = 0;
  const auto handle = [&](const Order& order) { pieces += order.quantity; };
  const auto lenient = bp::typed<Order>(handle, bp::ignore_payload_errors);

  const std::string event = queue_event({R"({"sku": "teapot", "quantity": 2})", "ping"});
  EXPECT_THAT(bp::process_partial_response(event, lenient, default_processor), bp::ReportsNothing());
  EXPECT_EQ(pieces, 2);
}

TEST(CookbookFunctions, HandleEightMessagesAtOnce) {
  const bp::BatchProcessor<bp::SqsRecord> processor{{.max_concurrency = 8}};
  const auto handle = [](const bp::SqsRecord& record) {  // called from eight threads
    if (record.body() == "bad") throw std::invalid_argument("a bad order");
  };

  const std::string event = queue_event({"bad", "good"});
  EXPECT_THAT(bp::process_partial_response(event, handle, processor), bp::ReportsExactly("m1"));
}

TEST(CookbookFunctions, StartNothingThatWouldNotFinish) {
  const bp::BatchProcessor<bp::SqsRecord> processor{
      {.raise_on_entire_batch_failure = false, .reserve = 2s}};  // longer than a message takes
  const bp::LambdaContext context{.deadline = std::chrono::system_clock::now() + 1s};

  const auto handle = [](const bp::SqsRecord&) { FAIL() << "there was no time for it"; };
  const std::string event = queue_event({"one"});
  EXPECT_THAT(bp::process_partial_response(event, handle, processor, context), bp::ReportsExactly("m1"));
}

std::vector<std::string> table;

class BulkWriter : public bp::BasePartialProcessor<bp::SqsRecord> {
  void prepare() override { rows_.clear(); }
  void process_record(const bp::SqsRecord& record) override {
    handle(record);  // throws for a message that must come again
    rows_.emplace_back(record.body());
  }
  void clean() override { table.insert(table.end(), rows_.begin(), rows_.end()); }

  std::vector<std::string> rows_;
};

TEST(CookbookFunctions, WriteTheRecordsOfABatchAtOnce) {
  BulkWriter processor;
  EXPECT_THAT(bp::process_partial_response(queue_event({"one", "bad"}), refuse_bad, processor),
              bp::ReportsExactly("m2"));
  EXPECT_THAT(table, ElementsAre("one"));
}

}  // namespace
