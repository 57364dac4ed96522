#include <batchproof/properties/laws.hpp>

#include "law_examples.hpp"

namespace law_examples {

std::string hand_on_clean_json(std::string_view payload, bp::RecordProbe& probe) {
  const auto event = nlohmann::json::parse(payload);
  auto failures = nlohmann::json::array();
  for (const auto& record : event.at("Records")) {
    const auto message_id = record.at("messageId").get<std::string>();
    std::string body = record.at("body").get<std::string>();
    if (nlohmann::json::accept(body)) body = nlohmann::json::parse(body).dump();  // without line breaks
    try {
      probe(message_id, {{"body", body}});  // the handler sees this body
    } catch (...) {
      failures.push_back({{"itemIdentifier", message_id}});
    }
  }
  return nlohmann::json{{"batchItemFailures", failures}}.dump();
}

bp::properties::Report faithful() {
  return verify_alone(bp::properties::faithful, bp::fixtures::Source::sqs, hand_on_clean_json);
}

}  // namespace law_examples
