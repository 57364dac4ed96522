#include <batchproof/properties/laws.hpp>

namespace batchproof::properties {
namespace {

/// A stream processor that reports only its first failure relies on the service, which starts again there.
bool reports_what_is_late(fixtures::Source, const fixtures::ProcessorClaims& claims) {
  return claims.reserve.has_value() && claims.reports_every_failure;
}

std::vector<Violation> late_is_reported_violations(const Evidence& evidence) {
  const auto& expected = evidence.expected();
  if (!evidence.answers_or_may_throw()) return {"the batch is not answered: " + evidence.run.error};
  if (!evidence.run.response) return {};
  std::vector<bool> not_done = evidence.handled().done;
  not_done.flip();
  const std::vector<bool> due = evidence.due_again(not_done);
  std::vector<Violation> violations;
  for (std::size_t index = 0; index < expected.size(); ++index) {
    if (!evidence.is_accounted_for(index)) {
      violations.push_back(evidence.name_record(index) +
                           (evidence.handled().calls_of_record[index] == 0
                                ? " was not started and is not reported: it is lost"
                                : " failed and is not reported: it is lost"));
    }
    if (evidence.comes_again(index) && !due[index])
      violations.push_back(evidence.name_record(index) + " succeeded and is reported");
  }
  return violations;
}

}  // namespace

constinit const Law late_is_reported{
    .id = "late-is-reported",
    .sentence =
        "A record that was not started before the deadline is reported as failed; one that succeeded "
        "is not.",
    .aws_page = "Implementing partial batch responses",
    .experiment = Experiment::before_deadline,
    .applies = reports_what_is_late,
    .violations = late_is_reported_violations,
};

}  // namespace batchproof::properties
