#pragma once

#include <batchproof/batch.hpp>
#include <batchproof/fixtures/events.hpp>
#include <batchproof/json.hpp>
#include <string>
#include <vector>

namespace batchproof {

struct Order {
  int quantity = 0;
};
inline void from_json(const nlohmann::json& json, Order& order) {
  json.at("quantity").get_to(order.quantity);
}

/// The cause of failure of one message with this body, or one record with these bytes; empty on success.
template <class Handler>
std::string failure_of_body(const std::string& body, Handler&& handler) {
  const BatchProcessor<SqsRecord> processor({.raise_on_entire_batch_failure = false});
  const auto event = decode<SqsRecord>(fixtures::sqs_event({{.message_id = "m1", .body = body}}));
  const auto batch = processor.process(event, handler);
  return batch.messages()[0].cause;
}

template <class Handler>
std::string failure_of_data(const std::string& data, Handler&& handler) {
  const BatchProcessor<KinesisStreamRecord> processor({.raise_on_entire_batch_failure = false});
  const auto event = decode<KinesisStreamRecord>(
      fixtures::kinesis_event({{.sequence_number = "7", .data = data, .partition_key = "outer"}}));
  const auto batch = processor.process(event, handler);
  return batch.messages()[0].cause;
}

}  // namespace batchproof
