#include <batchproof/properties/fuzz.hpp>
#include <nlohmann/json.hpp>

namespace bp = batchproof;

// Reports the first failure of a FIFO queue and all that follows it, and handles them in vain.
static std::string own_loop(std::string_view payload, bp::RecordProbe& probe) {
  const auto event = nlohmann::json::parse(payload);
  auto failures = nlohmann::json::array();
  for (const auto& record : event.at("Records")) {
    const auto message_id = record.at("messageId").get<std::string>();
    bool failed = !failures.empty();
    try {
      probe(message_id);
    } catch (...) {
      failed = true;
    }
    if (failed) failures.push_back({{"itemIdentifier", message_id}});
  }
  return nlohmann::json{{"batchItemFailures", failures}}.dump();
}

BATCHPROOF_FUZZ_PROCESSOR(own_loop, bp::SqsRecord,
                          {.fifo = true,
                           .raise_on_entire_batch_failure = false,
                           .regressions = "regressions/own_loop"})
