#include <batchproof/properties/laws.hpp>
#include <iostream>

#include "law_examples.hpp"

namespace law_examples {

std::string log_and_report(std::string_view payload, bp::RecordProbe& probe) {
  const auto event = nlohmann::json::parse(payload);
  auto failures = nlohmann::json::array();
  for (const auto& record : event.at("Records")) {
    const auto message_id = record.at("messageId").get<std::string>();
    try {
      probe(message_id);
    } catch (const std::exception& error) {
      std::clog << message_id << ": " << error.what() << '\n';
      failures.push_back({{"itemIdentifier", message_id}});
    }
  }
  return nlohmann::json{{"batchItemFailures", failures}}.dump();
}

bp::properties::Report contained() {
  return verify_alone(bp::properties::contained, bp::fixtures::Source::sqs, log_and_report);
}

}  // namespace law_examples
