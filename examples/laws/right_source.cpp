#include <batchproof/properties/laws.hpp>

#include "law_examples.hpp"

namespace law_examples {

std::string pass_over_what_is_no_change(std::string_view payload, bp::RecordProbe& probe) {
  const auto event = nlohmann::json::parse(payload);
  auto failures = nlohmann::json::array();
  for (const auto& record : event.at("Records")) {
    if (!record.contains("dynamodb")) continue;  // not a change of the table
    const auto sequence_number = record.at("dynamodb").at("SequenceNumber").get<std::string>();
    try {
      probe(sequence_number);
    } catch (...) {
      failures.push_back({{"itemIdentifier", sequence_number}});
    }
  }
  return nlohmann::json{{"batchItemFailures", failures}}.dump();
}

bp::properties::Report right_source() {
  return verify_alone(bp::properties::right_source, bp::fixtures::Source::dynamodb,
                      pass_over_what_is_no_change);
}

}  // namespace law_examples
