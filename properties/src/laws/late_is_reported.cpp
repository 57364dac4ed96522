#include <algorithm>
#include <batchproof/properties/laws.hpp>
#include <batchproof/properties/service_view.hpp>

#include "../deadline_course.hpp"
#include "../handled_records.hpp"

namespace batchproof::properties {
namespace {

/// A stream processor that reports its first failure alone relies on the service, which starts again there.
bool reports_what_is_late(fixtures::Source, const fixtures::ProcessorClaims& claims) {
  return claims.reserve.has_value() && claims.reports_every_failure;
}

std::vector<Violation> late_is_reported_violations(const fixtures::BatchCase& batch_case,
                                                   const fixtures::ProcessorClaims& claims,
                                                   const Observation& observation) {
  const std::vector<Course> course_of = courses(batch_case, claims);
  const bool none_succeeds =
      std::find(course_of.begin(), course_of.end(), Course::succeeds) == course_of.end();
  if (!observation.response) {
    if (none_succeeds && claims.raise_on_entire_batch_failure) return {};
    return {"the batch is not answered: " + observation.error};
  }
  const ServiceView view = read_as_service(observation, batch_case);
  const HandledRecords handled = handled_records(batch_case, observation);
  std::vector<Violation> violations;
  for (std::size_t index = 0; index < course_of.size(); ++index) {
    const std::string& identifier = batch_case.records[index].item_identifier;
    if (!handled.done[index] && !view.reports(identifier)) {
      violations.push_back(name_record(batch_case, index) +
                           (handled.calls_of_record[index] == 0
                                ? " was not started and is not reported: it is lost"
                                : " failed and is not reported: it is lost"));
    }
    const bool has_unfinished_twin =
        std::any_of(batch_case.records.begin(), batch_case.records.end(), [&](const auto& other) {
          const auto position = static_cast<std::size_t>(&other - batch_case.records.data());
          return other.item_identifier == identifier && !handled.done[position];
        });
    if (view.reports(identifier) && !has_unfinished_twin)
      violations.push_back(name_record(batch_case, index) + " succeeded and is reported");
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
    .input = LawInput::batch_before_deadline,
    .applies = reports_what_is_late,
    .judges = judges_always,
    .violations = late_is_reported_violations,
};

}  // namespace batchproof::properties
