// Orders of a FIFO queue across retries: some are bad, some fail once, and the function crashes sometimes.

#include <batchproof/gtest.hpp>
#include <batchproof/simulator.hpp>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace bp = batchproof;

namespace {

void handle_order(const bp::SqsRecord& record) {
  const auto order = nlohmann::json::parse(record.body());
  if (order.at("quantity").get<double>() < 1) throw std::invalid_argument("quantity must be at least 1");
}

TEST(OrderHandler, LosesNoOrder) {
  const auto subject = bp::simulator::handler_subject(handle_order, bp::SqsFifoPartialProcessor());
  EXPECT_TRUE(
      bp::simulator::simulate(subject, {.source = bp::fixtures::Source::sqs_fifo,
                                        .faults = {.poison = 3, .flaky_rate = 0.1, .crash_rate = 0.05},
                                        .accepted = {R"({"quantity": 2})"},
                                        .rejected = {R"({"quantity": 0})", "not json"},
                                        .handler_decides = true}));
}

TEST(OrderQueue, LosesOrdersWhereFailuresAreNotReported) {
  const auto subject = bp::simulator::handler_subject(handle_order, bp::BatchProcessor<bp::SqsRecord>());
  const auto report = bp::simulator::simulate(subject, {.sent_every = std::chrono::milliseconds(0),
                                                        .report_batch_item_failures = false,
                                                        .faults = {.poison = 3},
                                                        .handler_decides = true});
  EXPECT_FALSE(report.expect_no_loss());
}

}  // namespace
