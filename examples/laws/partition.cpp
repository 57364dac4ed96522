#include <batchproof/properties/laws.hpp>
#include <map>

#include "law_examples.hpp"

namespace law_examples {

// As a shard does, a partition starts again at its first failure.
std::string report_where_each_partition_starts_again(std::string_view payload, bp::RecordProbe& probe) {
  const auto event = nlohmann::json::parse(payload);
  auto failures = nlohmann::json::array();
  for (const auto& [partition, records] : event.at("records").items()) {
    for (const auto& record : records) {
      const nlohmann::ordered_json identifier{{"partition", partition}, {"offset", record.at("offset")}};
      try {
        probe(identifier.dump());
      } catch (...) {
        failures.push_back({{"itemIdentifier", identifier}});
        break;
      }
    }
  }
  return nlohmann::json{{"batchItemFailures", failures}}.dump();
}

bp::properties::Report partition() {
  return verify_alone(bp::properties::partition, bp::fixtures::Source::kafka,
                      report_where_each_partition_starts_again, {.stop_on_first_failure = true});
}

}  // namespace law_examples
