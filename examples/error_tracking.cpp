// Failures as lines of JSON: one log line each, and one metric for the batch.

#include <batchproof/fixtures/events.hpp>
#include <iostream>

#include <batchproof/batch.hpp>
#include <nlohmann/json.hpp>

namespace bp = batchproof;

void handle_order(const bp::SqsRecord& record) {
  if (record.body() == "none") throw std::invalid_argument("an order of nothing");
}

// Records that were never handled have nothing wrong with them.
bool was_handled(const bp::Failure& failure) {
  try {
    std::rethrow_exception(failure.exception);
  } catch (const bp::CircuitBreakerError&) {
    return false;
  } catch (...) {
    return true;
  }
}

void log_failure(const bp::SqsRecord& record, const bp::Failure& failure) {
  const nlohmann::ordered_json line{
      {"level", was_handled(failure) ? "ERROR" : "INFO"},
      {"message", failure.cause},
      {"message_id", record.message_id()},
      {"receive_count", record.attributes().approximate_receive_count().value_or(0)}};
  std::cout << line.dump() << '\n';
}

const bp::SqsFifoPartialProcessor processor{{.on_failure = log_failure}};

// A metric that CloudWatch reads out of the log ("Embedded metric format specification").
void count_failures(std::size_t failures, std::chrono::milliseconds now) {
  const nlohmann::ordered_json metrics{
      {"Namespace", "Orders"},
      {"Dimensions", {nlohmann::ordered_json::array()}},
      {"Metrics", {{{"Name", "BatchRecordFailures"}, {"Unit", "Count"}}}},
  };
  const nlohmann::ordered_json line{
      {"_aws", {{"Timestamp", now.count()}, {"CloudWatchMetrics", {metrics}}}},
      {"BatchRecordFailures", failures},
  };
  std::cout << line.dump() << '\n';
}

std::string handle_event(std::string_view payload, std::chrono::milliseconds now) {
  const auto event = bp::decode<bp::SqsRecord>(payload);
  const auto batch = processor.process(event, handle_order);
  const auto& messages = batch.messages();
  const auto failures = std::count_if(messages.begin(), messages.end(), [](const auto& message) {
    return message.status == bp::Status::failure;
  });
  count_failures(static_cast<std::size_t>(failures), now);
  return batch.to_json();
}

int main() {
  const std::string payload = bp::fixtures::sqs_fifo_event({
      {.message_id = "m1", .body = "teapot", .message_group_id = "alice"},
      {.message_id = "m2", .body = "none", .message_group_id = "alice"},
      {.message_id = "m3", .body = "saucer", .message_group_id = "alice"},
  });
  std::cout << handle_event(payload, std::chrono::milliseconds(1545082649185)) << '\n';
}
