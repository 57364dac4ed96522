// EventBridge Pipes: an event is an array of records, and a stream's failures are reported by event id.

#include <batchproof/fixtures/events.hpp>
#include <batchproof/fixtures/source_info.hpp>
#include <iostream>

#include <batchproof/batch.hpp>
#include <nlohmann/json.hpp>

namespace bp = batchproof;

void handle_order(const bp::KinesisStreamRecord& record) {
  const auto order = nlohmann::json::parse(record.data());
  if (order.at("quantity").get<double>() < 1) throw std::invalid_argument("quantity must be at least 1");
}

// The same for Lambda's own event source mapping and for a pipe: the event says which of them it is of.
const bp::BatchProcessor<bp::KinesisStreamRecord> processor{{.stop_on_first_failure = true}};

std::string handle_event(std::string_view payload) {
  return bp::process_partial_response(payload, handle_order, processor);
}

int main() {
  bp::fixtures::BatchCase batch{.source = bp::fixtures::Source::kinesis_pipe, .records = {}};
  for (const char* number : {"4959", "4960", "4961"}) {
    const char* const order = batch.records.size() == 1 ? R"({"quantity": 0})" : R"({"quantity": 2})";
    batch.records.push_back(bp::fixtures::to_case_record(
        bp::fixtures::KinesisMessage{.sequence_number = number, .data = order, .of_pipe = true}));
  }
  std::cout << handle_event(batch.payload()) << '\n';
}
