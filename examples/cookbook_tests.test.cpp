// Tasks of tests, of at most ten lines each; docs/cookbook.md shows them.

#include <rapidcheck.h>
#include <batchproof/batch.hpp>
#include <batchproof/fixtures/event_files.hpp>
#include <batchproof/fixtures/events.hpp>
#include <batchproof/generators/arbitrary.hpp>
#include <batchproof/gtest.hpp>
#include <batchproof/simulator.hpp>
#include <nlohmann/json.hpp>
#include <set>
#include <stdexcept>
#include <string>

namespace bp = batchproof;

namespace {

void handle_order(const bp::SqsRecord& record) {
  const auto order = nlohmann::json::parse(record.body());
  if (order.at("quantity").get<double>() < 1) throw std::invalid_argument("quantity must be at least 1");
}

const bp::BatchProcessor<bp::SqsRecord> processor;

TEST(CookbookTests, CheckOneBatchByHand) {
  const std::string event = bp::fixtures::sqs_event(
      {{.message_id = "m1", .body = R"({"quantity": 2})"}, {.message_id = "m2", .body = "not json"}});
  EXPECT_THAT(bp::process_partial_response(event, handle_order, processor), bp::ReportsExactly("m2"));
}

TEST(CookbookTests, RunOnTheEventsThatAwsDocuments) {
  const auto sample = bp::fixtures::event_file("sample_orders/sqs");
  EXPECT_EQ(bp::process_partial_response(sample.event, handle_order, processor), sample.response);
}

TEST(CookbookTests, ProveAHandlerOnRandomBatches) {
  EXPECT_TRUE(bp::verify_handler<bp::SqsRecord>(
      handle_order, {.accepted = {R"({"quantity": 2})"}, .rejected = {R"({"quantity": 0})", "not json"}}));
}

std::set<std::string> bookings;  // a table, by the identifier of each message

void book_order(const bp::SqsRecord& record) {
  handle_order(record);
  bookings.insert(std::string(record.message_id()));
}

TEST(CookbookTests, CheckWhatAHandlerLeavesBehind) {
  const auto check = [](const bp::properties::Observation& run) -> std::string {
    return bookings.size() <= run.calls.size() ? "" : "more orders than messages are booked";
  };
  EXPECT_TRUE(bp::verify_handler<bp::SqsRecord>(book_order, {.accepted = {R"({"quantity": 2})"},
                                                             .rejected = {"not json"},
                                                             .before_each = [] { bookings.clear(); },
                                                             .check = check}));
}

TEST(CookbookTests, ProveALoopOfYourOwn) {
  const auto own_loop = [](std::string_view payload, bp::RecordProbe& probe) {
    return bp::process_partial_response(
        payload, [&](const bp::SqsRecord& record) { probe(record.message_id()); }, processor);
  };
  EXPECT_TRUE(bp::verify_processor<bp::SqsRecord>(own_loop));
}

TEST(CookbookTests, SurviveRetriesAndCrashes) {
  const auto subject = bp::simulator::handler_subject(handle_order, bp::SqsFifoPartialProcessor());
  EXPECT_TRUE(bp::simulator::simulate(subject, {.source = bp::fixtures::Source::sqs_fifo,
                                                .faults = {.poison = 3, .crash_rate = 0.05},
                                                .accepted = {R"({"quantity": 2})"},
                                                .rejected = {"not json"},
                                                .handler_decides = true}));
}

TEST(CookbookTests, ProveAPropertyOfYourOwn) {
  EXPECT_TRUE(rc::check([](const bp::generators::SqsFifoBatch& batch) {
    const auto event = bp::decode<bp::SqsRecord>(batch.payload());
    RC_ASSERT(event.size() == batch.records.size());
  }));
}

}  // namespace
