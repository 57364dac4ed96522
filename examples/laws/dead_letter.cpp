#include "law_examples.hpp"

namespace law_examples {

// All dead letters of a batch together, when the other messages are done.
std::string send_letters_at_the_end(std::string_view payload, bp::RecordProbe& probe) {
  const bp::QueueActions actions = probe.actions();
  const auto event = nlohmann::json::parse(payload);
  auto failures = nlohmann::json::array();
  std::vector<std::pair<nlohmann::json, std::string>> letters;
  for (const auto& record : event.at("Records")) {
    const auto message_id = record.at("messageId").get<std::string>();
    try {
      if (!failures.empty()) throw std::runtime_error("behind a failure");
      probe(message_id);
    } catch (const bp::DeadLetter& letter) {
      letters.emplace_back(record, letter.what());
    } catch (const bp::Drop&) {  // it is done
    } catch (...) {
      failures.push_back({{"itemIdentifier", message_id}});
    }
  }
  for (const auto& [record, reason] : letters) {
    actions.send_dead_letter({.item_identifier = record.at("messageId").get_ref<const std::string&>(),
                              .body = record.at("body").get_ref<const std::string&>(),
                              .reason = reason});
  }
  return nlohmann::json{{"batchItemFailures", failures}}.dump();
}

bp::properties::Report dead_letter() {
  return verify_alone(bp::properties::dead_letter, bp::fixtures::Source::sqs_fifo, send_letters_at_the_end,
                      {.meets_requests = true}, {.seed = 7, .hostile = false});
}

}  // namespace law_examples
