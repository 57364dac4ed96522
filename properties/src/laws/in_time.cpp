#include <batchproof/fixtures/handling_time.hpp>
#include <batchproof/properties/laws.hpp>

#include "../deadline_course.hpp"
#include "../handled_records.hpp"

namespace batchproof::properties {
namespace {

bool looks_at_the_deadline(fixtures::Source, const fixtures::ProcessorClaims& claims) {
  return claims.reserve.has_value();
}

std::string milliseconds(std::chrono::milliseconds time) { return std::to_string(time.count()) + " ms"; }

std::vector<Violation> in_time_violations(const fixtures::BatchCase& batch_case,
                                          const fixtures::ProcessorClaims& claims,
                                          const Observation& observation) {
  const HandledRecords handled = handled_records(batch_case, observation);
  std::vector<Violation> violations;
  for (std::size_t call = 0; call < observation.calls.size(); ++call) {
    const auto left = fixtures::time_limit - observation.calls[call].started_after;
    if (!handled.record_of_call[call] || (left >= *claims.reserve && left.count() > 0)) continue;
    violations.push_back(name_record(batch_case, *handled.record_of_call[call]) + " is started when " +
                         milliseconds(left) + " are left, and the reserve is " +
                         milliseconds(*claims.reserve));
  }
  if (!violations.empty()) return violations;
  const std::vector<Course> course_of = courses(batch_case, claims);
  for (std::size_t index = 0; index < course_of.size(); ++index) {
    const bool has_time = course_of[index] == Course::succeeds || course_of[index] == Course::fails;
    if (has_time && handled.calls_of_record[index] == 0)
      violations.push_back(name_record(batch_case, index) + " is not started, although there is time");
  }
  return violations;
}

}  // namespace

constinit const Law in_time{
    .id = "in-time",
    .sentence =
        "No record is started when less than the reserve is left until the deadline, and no other "
        "record is held back.",
    .aws_page = "Using the Lambda context object",
    .input = LawInput::batch_before_deadline,
    .applies = looks_at_the_deadline,
    .judges = judges_always,
    .violations = in_time_violations,
};

}  // namespace batchproof::properties
