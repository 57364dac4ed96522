#include <batchproof/properties/laws.hpp>

#include "law_examples.hpp"

namespace law_examples {

std::string keep_order_where_there_is_a_group(std::string_view payload, bp::RecordProbe& probe) {
  const auto event = nlohmann::json::parse(payload);
  auto failures = nlohmann::json::array();
  for (const auto& record : event.at("Records")) {
    const auto message_id = record.at("messageId").get<std::string>();
    const bool fifo = record.at("attributes").contains("MessageGroupId");
    try {
      if (fifo && !failures.empty()) throw std::runtime_error("a message before it failed");
      probe(message_id);
    } catch (...) {
      failures.push_back({{"itemIdentifier", message_id}});
    }
  }
  return nlohmann::json{{"batchItemFailures", failures}}.dump();
}

bp::properties::Report once_in_order() {
  return verify_alone(bp::properties::once_in_order, bp::fixtures::Source::sqs,
                      keep_order_where_there_is_a_group, {},
                      {.seed = 7, .small_cases_budget = std::chrono::seconds(2)});
}

}  // namespace law_examples
