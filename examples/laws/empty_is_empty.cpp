#include <batchproof/properties/laws.hpp>

#include "law_examples.hpp"

namespace law_examples {

std::string raise_when_all_failed(std::string_view payload, bp::RecordProbe& probe) {
  const auto event = nlohmann::json::parse(payload);
  const auto& records = event.at("Records");
  auto failures = nlohmann::json::array();
  for (const auto& record : records) {
    const auto sequence_number = record.at("kinesis").at("sequenceNumber").get<std::string>();
    try {
      probe(sequence_number);
    } catch (...) {
      failures.push_back({{"itemIdentifier", sequence_number}});
    }
  }
  if (failures.size() == records.size()) throw std::runtime_error("every record failed");
  return nlohmann::json{{"batchItemFailures", failures}}.dump();
}

bp::properties::Report empty_is_empty() {
  return verify_alone(bp::properties::empty_is_empty, bp::fixtures::Source::kinesis, raise_when_all_failed);
}

}  // namespace law_examples
