// A loop written by hand, verified by the same laws as the processors of this library.

#include <iostream>
#include <nlohmann/json.hpp>

#include <batchproof/properties/verify.hpp>

namespace bp = batchproof;

// Every failure is reported. On a FIFO queue that is not enough.
std::string own_loop(std::string_view payload, bp::RecordProbe& probe) {
  const auto event = nlohmann::json::parse(payload);
  auto failures = nlohmann::json::array();
  for (const auto& record : event.at("Records")) {
    const auto message_id = record.at("messageId").get<std::string>();
    try {
      probe(message_id);  // where the loop would call its handler
    } catch (...) {
      failures.push_back({{"itemIdentifier", message_id}});
    }
  }
  return nlohmann::json{{"batchItemFailures", failures}}.dump();
}

int main() {
  const auto report = bp::verify_processor<bp::SqsRecord>(
      own_loop, {.fifo = true, .raise_on_entire_batch_failure = false, .seed = 7});
  std::cout << report.text() << '\n';
}
