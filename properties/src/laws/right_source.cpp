#include <batchproof/fixtures/foreign_events.hpp>
#include <batchproof/properties/laws.hpp>

#include "refused.hpp"

namespace batchproof::properties {
namespace {

/// The event that this library's error must name; null for other events, and other libraries.
const fixtures::ForeignEvent* event_to_name(const Evidence& evidence) {
  if (!evidence.run.is_of_this_library) return nullptr;
  return fixtures::foreign_event_of(evidence.run.payload, evidence.batch_case.source);
}

bool is_from_elsewhere(const Evidence& evidence) {
  const auto& readable = evidence.readable();
  return readable && readable->from_elsewhere;
}

bool right_source_judges(const Evidence& evidence) {
  return is_from_elsewhere(evidence) || event_to_name(evidence) != nullptr;
}

std::vector<Violation> right_source_violations(const Evidence& evidence) {
  std::vector<Violation> violations;
  if (is_from_elsewhere(evidence))
    violations = unless_refused(evidence.run, "the event is another source's, or a tumbling window's");
  const fixtures::ForeignEvent* const event = event_to_name(evidence);
  if (event == nullptr) return violations;
  const std::string_view description = fixtures::description_by(evidence.batch_case.source, *event);
  const std::string_view error = evidence.run.error;
  if (!evidence.run.threw_event_error) {
    violations.push_back("the event is none that this processor reads, and is not refused by an EventError");
  } else if (error.find(description) == std::string_view::npos) {
    violations.push_back("the error does not say \"" + std::string(description) +
                         "\": " + evidence.run.error);
  } else if (description.empty() && error.find("; this is ") != std::string_view::npos) {
    violations.push_back("the error guesses what the event is: " + evidence.run.error);
  }
  return violations;
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
