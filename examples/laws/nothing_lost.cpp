#include <chrono>
#include <future>

#include "law_examples.hpp"

namespace law_examples {

// One slow record must not take the time of the others.
std::string give_each_record_ten_seconds(std::string_view payload, bp::RecordProbe& probe) {
  const auto event = nlohmann::json::parse(payload);
  auto failures = nlohmann::json::array();
  for (const auto& record : event.at("Records")) {
    const auto message_id = record.at("messageId").get<std::string>();
    try {
      auto done = std::async(std::launch::async, [&] { probe(message_id); });
      if (done.wait_for(std::chrono::seconds(10)) != std::future_status::ready)
        throw std::runtime_error("too slow");
    } catch (...) {
      failures.push_back({{"itemIdentifier", message_id}});
    }
  }
  return nlohmann::json{{"batchItemFailures", failures}}.dump();
}

bp::properties::Report nothing_lost() {
  return bp::verify_processor<bp::SqsRecord>(give_each_record_ten_seconds, {.seed = 7});
}

}  // namespace law_examples
