#include "law_examples.hpp"

namespace law_examples {

std::string delay_the_failed(std::string_view payload, bp::RecordProbe& probe) {
  const bp::QueueActions actions = probe.actions();
  const auto event = bp::decode<bp::SqsRecord>(payload);
  auto failures = nlohmann::json::array();
  std::vector<std::chrono::seconds> delays;
  for (const auto& record : event.records()) {
    try {
      probe(record);
    } catch (const bp::Drop&) {  // it is done
    } catch (const bp::RetryAfter& retry) {
      delays.push_back(retry.delay());
      failures.push_back({{"itemIdentifier", record.message_id()}});
    } catch (...) {
      failures.push_back({{"itemIdentifier", record.message_id()}});
    }
  }
  std::vector<bp::VisibilityChange> changes;
  for (const auto delay : delays) changes.push_back({event.records()[changes.size()], delay});
  if (!changes.empty()) actions.change_visibility(changes);
  return nlohmann::json{{"batchItemFailures", failures}}.dump();
}

bp::properties::Report retry_later() {
  return verify_alone(bp::properties::retry_later, bp::fixtures::Source::sqs, delay_the_failed,
                      {.meets_requests = true}, {.seed = 7, .hostile = false});
}

}  // namespace law_examples
