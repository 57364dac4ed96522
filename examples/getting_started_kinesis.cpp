// A Kinesis data stream. The service starts again at the lowest sequence number that is reported.

#include <batchproof/fixtures/event_files.hpp>
#include <iostream>

#include <batchproof/batch.hpp>
#include <nlohmann/json.hpp>

namespace bp = batchproof;

void handle_order(const bp::KinesisStreamRecord& record) {
  const auto order = nlohmann::json::parse(record.data());  // the producer's bytes, out of base64
  if (order.at("quantity").get<double>() < 1) throw std::invalid_argument("quantity must be at least 1");
}

const bp::BatchProcessor<bp::KinesisStreamRecord> processor;

std::string handle_event(std::string_view payload) {
  return bp::process_partial_response(payload, handle_order, processor);
}

// Does not handle records that the service will deliver again anyway.
const bp::BatchProcessor<bp::KinesisStreamRecord> thrifty_processor{{.stop_on_first_failure = true}};

int main() {
  const auto sample = bp::fixtures::event_file("sample_orders/kinesis");
  std::cout << handle_event(sample.event) << '\n'
            << bp::process_partial_response(sample.event, handle_order, thrifty_processor) << '\n';
}
