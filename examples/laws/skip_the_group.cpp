#include <set>

#include "law_examples.hpp"

namespace law_examples {

std::string report_the_rest_of_the_group(std::string_view payload, bp::RecordProbe& probe) {
  const auto event = nlohmann::json::parse(payload);
  auto failures = nlohmann::json::array();
  std::set<std::string> failed_groups;
  for (const auto& record : event.at("Records")) {
    const auto message_id = record.at("messageId").get<std::string>();
    const std::string group = record.at("attributes").value("MessageGroupId", "");
    try {
      probe(message_id);
    } catch (...) {
      failed_groups.insert(group);
    }
    // The rest of the group comes again with it, so the order is kept.
    if (failed_groups.contains(group)) failures.push_back({{"itemIdentifier", message_id}});
  }
  return nlohmann::json{{"batchItemFailures", failures}}.dump();
}

bp::properties::Report skip_the_group() {
  return bp::verify_processor<bp::SqsRecord>(report_the_rest_of_the_group,
                                             {.fifo = true, .skip_group_on_error = true, .seed = 7});
}

}  // namespace law_examples
