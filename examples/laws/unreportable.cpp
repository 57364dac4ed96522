#include <batchproof/properties/laws.hpp>

#include "law_examples.hpp"

namespace law_examples {

std::string report_what_has_a_number(std::string_view payload, bp::RecordProbe& probe) {
  const auto event = nlohmann::json::parse(payload);
  const nlohmann::json::json_pointer place("/dynamodb/SequenceNumber");
  auto failures = nlohmann::json::array();
  for (const auto& record : event.at("Records")) {
    const std::string sequence_number = record.value(place, "");
    try {
      probe(sequence_number);
    } catch (...) {
      // An empty identifier would fail the whole batch.
      if (!sequence_number.empty()) failures.push_back({{"itemIdentifier", sequence_number}});
    }
  }
  return nlohmann::json{{"batchItemFailures", failures}}.dump();
}

bp::properties::Report unreportable() {
  return verify_alone(bp::properties::unreportable, bp::fixtures::Source::dynamodb, report_what_has_a_number,
                      {}, {.seed = 1});
}

}  // namespace law_examples
