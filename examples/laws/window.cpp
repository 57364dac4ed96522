#include <batchproof/properties/laws.hpp>

#include "law_examples.hpp"

namespace law_examples {

// Folds whatever succeeds, and reports whatever fails.
std::string fold_what_succeeds(std::string_view payload, bp::RecordProbe& probe) {
  const auto event = nlohmann::json::parse(payload);
  auto state = event.at("state");
  auto failures = nlohmann::json::array();
  for (const auto& record : event.at("Records")) {
    const auto sequence_number = record.at("kinesis").at("sequenceNumber").get<std::string>();
    try {
      probe(sequence_number);
      state["folded"].push_back(sequence_number);
    } catch (...) {
      failures.push_back({{"itemIdentifier", sequence_number}});
    }
  }
  const bool is_last = event.at("isFinalInvokeForWindow") || event.at("isWindowTerminatedEarly");
  if (is_last && failures.empty()) state["finished"] = true;
  if (state.is_null()) state = nlohmann::json::object();
  return nlohmann::json{{"state", state}, {"batchItemFailures", failures}}.dump();
}

bp::properties::Report window() {
  return verify_alone(bp::properties::window, bp::fixtures::Source::kinesis_window, fold_what_succeeds,
                      {.raise_on_entire_batch_failure = false});
}

}  // namespace law_examples
