#include <batchproof/properties/laws.hpp>

#include "law_examples.hpp"

namespace law_examples {

// One transaction for the batch is faster than one for each order.
std::string all_or_nothing(std::string_view payload, bp::RecordProbe& probe) {
  const auto event = nlohmann::json::parse(payload);
  auto failures = nlohmann::json::array();
  try {
    for (const auto& record : event.at("Records")) probe(record.at("messageId").get<std::string>());
    // commit
  } catch (...) {
    // roll back: nothing is done, so everything must come again
    for (const auto& record : event.at("Records"))
      failures.push_back({{"itemIdentifier", record.at("messageId")}});
  }
  return nlohmann::json{{"batchItemFailures", failures}}.dump();
}

bp::properties::Report independence() {
  return verify_alone(bp::properties::independence, bp::fixtures::Source::sqs, all_or_nothing, {},
                      {.seed = 7, .small_cases_budget = std::chrono::seconds(2)});
}

}  // namespace law_examples
