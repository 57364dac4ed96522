#include <batchproof/properties/laws.hpp>

#include "law_examples.hpp"

namespace law_examples {

std::string throw_nothing(std::string_view payload, bp::RecordProbe& probe) {
  constexpr bool may_throw = false;
  const auto event = nlohmann::json::parse(payload, nullptr, may_throw);
  auto failures = nlohmann::json::array();
  if (event.contains("Records")) {  // or there is nothing to do
    for (const auto& record : event["Records"]) {
      const auto message_id = record.at("messageId").get<std::string>();
      try {
        probe(message_id);
      } catch (...) {
        failures.push_back({{"itemIdentifier", message_id}});
      }
    }
  }
  return nlohmann::json{{"batchItemFailures", failures}}.dump();
}

bp::properties::Report total() {
  return verify_alone(bp::properties::total, bp::fixtures::Source::sqs, throw_nothing);
}

}  // namespace law_examples
