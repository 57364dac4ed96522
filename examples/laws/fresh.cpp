#include "law_examples.hpp"

namespace law_examples {

std::string reuse_the_list(std::string_view payload, bp::RecordProbe& probe) {
  static auto failures = nlohmann::json::array();  // its memory serves every batch
  const auto event = nlohmann::json::parse(payload);
  const auto& records = event.at("Records");
  std::size_t failed = 0;
  for (const auto& record : records) {
    const auto message_id = record.at("messageId").get<std::string>();
    try {
      probe(message_id);
    } catch (...) {
      failures.push_back({{"itemIdentifier", message_id}});
      ++failed;
    }
  }
  if (failed > 0 && failed == records.size()) throw std::runtime_error("every record failed");
  std::string response = nlohmann::json{{"batchItemFailures", failures}}.dump();
  failures.clear();
  return response;
}

bp::properties::Report fresh() { return bp::verify_processor<bp::SqsRecord>(reuse_the_list, {.seed = 7}); }

}  // namespace law_examples
