#include <algorithm>
#include <batchproof/properties/laws.hpp>
#include <chrono>

namespace batchproof::properties {
namespace {

bool looks_at_the_deadline(fixtures::Source, const fixtures::ProcessorClaims& claims) {
  return claims.reserve.has_value();
}

std::string milliseconds(std::chrono::milliseconds time) { return std::to_string(time.count()) + " ms"; }

/// This library gives an action half of the time that is left, so that the function still answers when the
/// service hangs.
void judge_time_limits(const Observation& run, std::vector<Violation>& violations) {
  for (const RecordProbe::ActionCall& action : run.actions) {
    const auto left = std::max(*run.time_limit - action.called_after, std::chrono::milliseconds(0));
    if (action.time_limit == left / 2) continue;
    violations.push_back("the action for \"" + action.item_identifier + "\" may take " +
                         (action.time_limit ? milliseconds(*action.time_limit) : "any time") + " when " +
                         milliseconds(left) + " are left");
  }
}

std::vector<Violation> in_time_violations(const Evidence& evidence) {
  const HandledRecords& handled = evidence.handled();
  const auto reserve = *evidence.claims.reserve;
  std::vector<Violation> violations;
  for (std::size_t call = 0; call < evidence.run.calls.size(); ++call) {
    const auto left = *evidence.run.time_limit - evidence.run.calls[call].started_after;
    if (!handled.record_of_call[call] || (left >= reserve && left.count() > 0)) continue;
    violations.push_back(evidence.name_record(*handled.record_of_call[call]) + " is started when " +
                         milliseconds(left) + " are left, but the reserve is " + milliseconds(reserve));
  }
  if (evidence.run.is_of_this_library) judge_time_limits(evidence.run, violations);
  if (!violations.empty()) return violations;
  for (std::size_t index = 0; index < evidence.expected().size(); ++index) {
    const ExpectedOutcome expected = evidence.expected()[index];
    const bool has_time = expected == ExpectedOutcome::succeeds || expected == ExpectedOutcome::fails;
    if (has_time && handled.calls_of_record[index] == 0)
      violations.push_back(evidence.name_record(index) + " is not started, although there is time");
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
    .experiment = Experiment::before_deadline,
    .applies = looks_at_the_deadline,
    .violations = in_time_violations,
};

}  // namespace batchproof::properties
