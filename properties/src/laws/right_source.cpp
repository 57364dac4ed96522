#include <batchproof/properties/laws.hpp>

#include "refused.hpp"

namespace batchproof::properties {
namespace {

bool right_source_judges(const Evidence& evidence) {
  const auto& readable = evidence.readable();
  return readable && readable->from_elsewhere;
}

std::vector<Violation> right_source_violations(const Evidence& evidence) {
  return unless_refused(evidence.run, "the event is another source's, or a tumbling window's");
}

}  // namespace

constinit const Law right_source{
    .id = "right-source",
    .sentence = "An event of another source is refused before any handler runs, and so is a tumbling window.",
    .aws_page = "Using Lambda to process records from Amazon Kinesis Data Streams",
    .experiment = Experiment::damaged,
    .judges = right_source_judges,
    .violations = right_source_violations,
};

}  // namespace batchproof::properties
