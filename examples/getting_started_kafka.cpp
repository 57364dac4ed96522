// A topic of Kafka, from Amazon MSK or a self-managed cluster. Each partition fails by itself.

#include <iostream>
#include <optional>

#include <batchproof/batch.hpp>
#include <nlohmann/json.hpp>

namespace bp = batchproof;

void handle_order(const bp::KafkaRecord& record) {
  const auto value = record.value();  // the producer's bytes, out of base64
  if (!value) return;                 // a tombstone: the order of this key was deleted
  const auto order = nlohmann::json::parse(*value);
  if (order.at("quantity").get<double>() < 1) throw std::invalid_argument("quantity must be at least 1");
}

const bp::BatchProcessor<bp::KafkaRecord> processor;

std::string handle_event(std::string_view payload) {
  return bp::process_partial_response(payload, handle_order, processor);
}

// After its first failure nothing of a partition is handled, and what was not handled is reported too.
const bp::BatchProcessor<bp::KafkaRecord> stopping_processor{{.stop_on_first_failure = true}};

void print_checkpoints(std::string_view payload) {
  const auto event = bp::decode<bp::KafkaRecord>(payload);
  const auto batch = stopping_processor.process(event, handle_order);
  for (const std::string& checkpoint : batch.checkpoints())
    std::cout << "starts again at " << checkpoint << '\n';
}

// Up to eight records at once, of different partitions or of different keys.
const bp::BatchProcessor<bp::KafkaRecord> keyed_processor{{.order_by_key = true, .max_concurrency = 8}};

int main() {
  const std::string_view two_partitions = R"({
    "eventSource": "aws:kafka",
    "eventSourceArn": "arn:aws:kafka:us-east-1:123456789012:cluster/sales/abcd1234-5678-4",
    "bootstrapServers": "b-1.sales.kafka.us-east-1.amazonaws.com:9092",
    "records": {
      "orders-0": [
        {"topic": "orders", "partition": 0, "offset": 15, "timestamp": 1545084650987,
         "timestampType": "CREATE_TIME", "key": "dGVhcG90", "value": "eyJxdWFudGl0eSI6IDJ9", "headers": []},
        {"topic": "orders", "partition": 0, "offset": 16, "timestamp": 1545084650988,
         "timestampType": "CREATE_TIME", "key": "a2V0dGxl", "value": "eyJxdWFudGl0eSI6IDB9", "headers": []},
        {"topic": "orders", "partition": 0, "offset": 17, "timestamp": 1545084650989,
         "timestampType": "CREATE_TIME", "key": "dGVhcG90", "value": null, "headers": []}
      ],
      "orders-1": [
        {"topic": "orders", "partition": 1, "offset": 15, "timestamp": 1545084650990,
         "timestampType": "CREATE_TIME", "key": "Y3Vw", "value": "eyJxdWFudGl0eSI6IDJ9", "headers": []}
      ]
    }
  })";
  std::cout << handle_event(two_partitions) << '\n'
            << bp::process_partial_response(two_partitions, handle_order, stopping_processor) << '\n'
            << bp::process_partial_response(two_partitions, handle_order, keyed_processor) << '\n';
  print_checkpoints(two_partitions);
}
