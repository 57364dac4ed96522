#include "law_examples.hpp"

namespace law_examples {

struct BatchItemFailure {
  std::string item_identifier;
  NLOHMANN_DEFINE_TYPE_INTRUSIVE(BatchItemFailure, item_identifier)
};

std::string answer_with_a_type(std::string_view payload, bp::RecordProbe& probe) {
  const auto event = nlohmann::json::parse(payload);
  std::vector<BatchItemFailure> failures;
  for (const auto& record : event.at("Records")) {
    const auto message_id = record.at("messageId").get<std::string>();
    try {
      probe(message_id);
    } catch (...) {
      failures.push_back({message_id});
    }
  }
  return nlohmann::json{{"batchItemFailures", failures}}.dump();
}

bp::properties::Report well_formed() {
  return bp::verify_processor<bp::SqsRecord>(answer_with_a_type, {.seed = 7});
}

}  // namespace law_examples
