#include "law_examples.hpp"

namespace law_examples {

bp::properties::Report canary() {
  const bp::BatchProcessor<bp::SqsRecord> processor;
  const auto subject = [&](std::string_view payload, bp::RecordProbe& probe) {
    const auto handler = [&](const bp::SqsRecord& record) { probe(record); };
    return bp::process_partial_response(payload, handler, processor);
  };
  return bp::verify_processor<bp::SqsRecord>(
      subject, {.cases = 100, .seed = 7, .small_cases_budget = std::chrono::milliseconds(0)});
}

}  // namespace law_examples
