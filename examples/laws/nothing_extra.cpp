#include "law_examples.hpp"

namespace law_examples {

std::string ring_the_alarm(std::string_view payload, bp::RecordProbe& probe) {
  const auto event = nlohmann::json::parse(payload);
  std::size_t failed = 0;
  for (const auto& record : event.at("Records")) {
    try {
      probe(record.at("messageId").get<std::string>());
    } catch (...) {
      ++failed;
    }
  }
  // The alarm watches the errors of the function.
  if (failed > 0) throw std::runtime_error(std::to_string(failed) + " orders failed");
  return R"({"batchItemFailures":[]})";
}

bp::properties::Report nothing_extra() {
  return bp::verify_processor<bp::SqsRecord>(ring_the_alarm, {.seed = 7});
}

}  // namespace law_examples
