#include <batchproof/properties/laws.hpp>

#include "law_examples.hpp"

namespace law_examples {

// The shard starts again at one record, so the lowest is enough.
std::string report_the_lowest(std::string_view payload, bp::RecordProbe& probe) {
  const auto event = nlohmann::json::parse(payload);
  std::string lowest;
  for (const auto& record : event.at("Records")) {
    const auto sequence_number = record.at("kinesis").at("sequenceNumber").get<std::string>();
    try {
      probe(sequence_number);
    } catch (...) {
      if (lowest.empty() || sequence_number < lowest) lowest = sequence_number;
    }
  }
  auto failures = nlohmann::json::array();
  if (!lowest.empty()) failures.push_back({{"itemIdentifier", lowest}});
  return nlohmann::json{{"batchItemFailures", failures}}.dump();
}

bp::properties::Report checkpoint() {
  return verify_alone(bp::properties::checkpoint, bp::fixtures::Source::kinesis, report_the_lowest,
                      {.reports_every_failure = false},
                      {.seed = 7, .small_cases_budget = std::chrono::seconds(2)});
}

}  // namespace law_examples
