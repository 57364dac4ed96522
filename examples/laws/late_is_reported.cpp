#include "law_examples.hpp"

namespace law_examples {

std::string leave_in_time(std::string_view payload, bp::RecordProbe& probe) {
  using namespace std::chrono_literals;
  const bp::LambdaContext context = probe.context();  // with the deadline of the invocation
  const auto event = nlohmann::json::parse(payload);
  auto failures = nlohmann::json::array();
  std::size_t done = 0;
  for (const auto& record : event.at("Records")) {
    if (context.remaining_time(probe.clock()()).value_or(1h) < 300ms) break;  // the rest comes again
    const auto message_id = record.at("messageId").get<std::string>();
    try {
      probe(message_id);
      ++done;
    } catch (...) {
      failures.push_back({{"itemIdentifier", message_id}});
    }
  }
  if (done == 0 && !failures.empty()) throw std::runtime_error("every record failed");
  return nlohmann::json{{"batchItemFailures", failures}}.dump();
}

bp::properties::Report late_is_reported() {
  return bp::verify_processor<bp::SqsRecord>(leave_in_time,
                                             {.seed = 7, .reserve = std::chrono::milliseconds(300)});
}

}  // namespace law_examples
