#include "law_examples.hpp"

namespace law_examples {

std::string look_when_it_is_too_late(std::string_view payload, bp::RecordProbe& probe) {
  using namespace std::chrono_literals;
  const bp::LambdaContext context = probe.context();  // with the deadline of the invocation
  const auto event = nlohmann::json::parse(payload);
  auto failures = nlohmann::json::array();
  std::size_t done = 0;
  for (const auto& record : event.at("Records")) {
    const auto message_id = record.at("messageId").get<std::string>();
    try {
      if (context.remaining_time(probe.clock()()) == 0ms) throw std::runtime_error("no time left");
      probe(message_id);
      ++done;
    } catch (...) {
      failures.push_back({{"itemIdentifier", message_id}});
    }
  }
  if (done == 0 && !failures.empty()) throw std::runtime_error("every record failed");
  return nlohmann::json{{"batchItemFailures", failures}}.dump();
}

bp::properties::Report in_time() {
  return bp::verify_processor<bp::SqsRecord>(look_when_it_is_too_late,
                                             {.seed = 7, .reserve = std::chrono::milliseconds(300)});
}

}  // namespace law_examples
