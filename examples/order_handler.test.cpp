// Tests of a record handler: one batch by hand, then many at random.

#include <nlohmann/json.hpp>

#include <batchproof/batch.hpp>
#include <batchproof/fixtures/event_files.hpp>
#include <batchproof/fixtures/events.hpp>
#include <batchproof/gtest.hpp>

namespace bp = batchproof;

namespace {

void handle_order(const bp::SqsRecord& record) {
  const auto order = nlohmann::json::parse(record.body());
  if (order.at("quantity").get<double>() < 1) throw std::invalid_argument("quantity must be at least 1");
}

const bp::BatchProcessor<bp::SqsRecord> processor;

TEST(OrderHandler, ReportsTheSecondRecordWhichFails) {
  const std::string payload = bp::fixtures::sqs_event({{.message_id = "m1", .body = R"({"quantity": 2})"},
                                                       {.message_id = "m2", .body = R"({"quantity": 0})"}});
  EXPECT_EQ(bp::process_partial_response(payload, handle_order, processor),
            R"({"batchItemFailures":[{"itemIdentifier":"m2"}]})");
}

TEST(OrderHandler, RunsOnASampleEvent) {
  const auto sample = bp::fixtures::event_file("sample_orders/sqs");
  EXPECT_EQ(bp::process_partial_response(sample.event, handle_order, processor), sample.response);
}

TEST(OrderHandler, HonoursItsContractOnThreads) {
  const bp::BatchProcessor<bp::SqsRecord> on_threads({.max_concurrency = 4});
  EXPECT_TRUE(bp::verify_handler<bp::SqsRecord>(
      handle_order, on_threads, {.accepted = {R"({"quantity": 2})"}, .rejected = {"not json"}}));
}

TEST(OrderHandler, HonoursItsContract) {
  EXPECT_TRUE(bp::verify_handler<bp::SqsRecord>(
      handle_order, {.accepted = {R"({"quantity": 2})"}, .rejected = {R"({"quantity": 0})", "not json"}}));
}

// A test for each law: OrderHandlerKeeps.verdict, OrderHandlerKeeps.repeatable, ...
const bool laws_are_tests = bp::register_handler_tests<bp::SqsRecord>(
    "OrderHandlerKeeps", handle_order, {.accepted = {R"({"quantity": 2})"}, .rejected = {"not json"}});

TEST(OrderHandler, TellsOfEachOrderWhenAllFail) {
  const std::string payload = bp::fixtures::sqs_event(
      {{.message_id = "m1", .body = "not json"}, {.message_id = "m2", .body = R"({"quantity": 0})"}});
  try {
    static_cast<void>(bp::process_partial_response(payload, handle_order, processor));
    FAIL() << "every order failed, and nothing was thrown";
  } catch (const bp::BatchProcessingError& error) {
    ASSERT_EQ(error.exceptions().size(), 2U);
    EXPECT_THROW(std::rethrow_exception(error.exceptions()[0]), nlohmann::json::parse_error);
    EXPECT_THROW(std::rethrow_exception(error.exceptions()[1]), std::invalid_argument);
    EXPECT_THAT(error.response().to_json(), bp::ReportsExactly("m1", "m2"));
  }
}

TEST(OrderHandler, KeepsSightOfOrdersThatWereNeverHandled) {
  const auto event = bp::decode<bp::SqsRecord>(
      bp::fixtures::sqs_fifo_event({{.message_id = "m1", .body = R"({"quantity": 2})"},
                                    {.message_id = "m2", .body = "not json"},
                                    {.message_id = "m3", .body = R"({"quantity": 1})"},
                                    {.message_id = "m3", .body = R"({"quantity": 1})"}}));
  const auto batch = bp::SqsFifoPartialProcessor().process(event, handle_order);
  ASSERT_EQ(batch.messages().size(), 4U);
  EXPECT_EQ(batch.messages()[2].status, bp::Status::failure);
  EXPECT_EQ(batch.messages()[3].record.message_id(), "m3");
}

TEST(OrderHandler, FailsTheInvocationWhenEveryRecordFails) {
  const std::string payload = bp::fixtures::sqs_event({{.message_id = "m1", .body = "not json"}});
  EXPECT_THROW((void)bp::process_partial_response(payload, handle_order, processor),
               bp::BatchProcessingError);
}

}  // namespace
