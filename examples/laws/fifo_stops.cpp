#include "law_examples.hpp"

namespace law_examples {

std::string stop_unless_it_is_hopeless(std::string_view payload, bp::RecordProbe& probe) {
  const auto event = nlohmann::json::parse(payload);
  auto failures = nlohmann::json::array();
  bool stopped = false;
  for (const auto& record : event.at("Records")) {
    const auto message_id = record.at("messageId").get<std::string>();
    try {
      if (!stopped) {
        probe(message_id);
        continue;
      }
    } catch (const bp::RejectedRecord&) {
      // Will be refused each time: it must not hold up the others.
    } catch (...) {
      stopped = true;
    }
    failures.push_back({{"itemIdentifier", message_id}});
  }
  return nlohmann::json{{"batchItemFailures", failures}}.dump();
}

bp::properties::Report fifo_stops() {
  return bp::verify_processor<bp::SqsRecord>(stop_unless_it_is_hopeless, {.fifo = true, .seed = 7});
}

}  // namespace law_examples
