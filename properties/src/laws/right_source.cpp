#include <batchproof/properties/laws.hpp>

#include "../refusal.hpp"
#include "../remains.hpp"

namespace batchproof::properties {
namespace {

bool right_source_judges(const fixtures::BatchCase& batch_case, const Observation& observation) {
  const auto& remains = read_remains(observation.payload, batch_case.source);
  return remains && remains->from_elsewhere;
}

std::vector<Violation> right_source_violations(const fixtures::BatchCase&, const fixtures::ProcessorClaims&,
                                               const Observation& observation) {
  return unless_refused(observation, "the event is another source's, or a tumbling window's");
}

}  // namespace

constinit const Law right_source{
    .id = "right-source",
    .sentence = "An event of another source is refused before any handler runs, and so is a tumbling window.",
    .aws_page = "Using Lambda to process records from Amazon Kinesis Data Streams",
    .input = LawInput::damaged_payload,
    .applies = applies_always,
    .judges = right_source_judges,
    .violations = right_source_violations,
};

}  // namespace batchproof::properties
