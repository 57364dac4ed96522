#include "record_course.hpp"

#include <algorithm>
#include <batchproof/properties/service_view.hpp>

#include "../handled_records.hpp"

namespace batchproof::properties {
namespace {

using fixtures::BatchCase;

/// What the service does with a record of this identifier after an answer that it reads so.
Next next_of(const std::string& identifier, const ServiceView& view, fixtures::Source source) {
  if (view.whole_batch) return Next::again;
  if (!fixtures::is_stream(source)) return view.reports(identifier) ? Next::again : Next::done;
  const auto checkpoint = view.checkpoint();
  return checkpoint && !lower_sequence_number(identifier, *checkpoint) ? Next::again : Next::done;
}

/// The answer that reports whatever did not succeed.
ServiceView due_view(const BatchCase& batch_case, const std::vector<ExpectedOutcome>& outcomes) {
  ServiceView view;
  for (std::size_t index = 0; index < outcomes.size(); ++index) {
    if (outcomes[index] == ExpectedOutcome::succeeds) continue;
    view.reported.push_back(batch_case.records[index].item_identifier);
  }
  return view;
}

}  // namespace

std::vector<RecordCourse> record_courses(const BatchCase& batch_case, const Observation& observation,
                                         const fixtures::ProcessorClaims& claims) {
  const std::vector<ExpectedOutcome> outcomes = expected_outcomes(batch_case, claims);
  const ServiceView view = read_as_service(observation, batch_case);
  const ServiceView due = due_view(batch_case, outcomes);
  std::vector<RecordCourse> courses(batch_case.records.size());
  for (std::size_t index = 0; index < courses.size(); ++index) {
    const std::string& identifier = batch_case.records[index].item_identifier;
    courses[index].reported = view.reports(identifier);
    courses[index].next = next_of(identifier, view, batch_case.source);
    courses[index].fate = outcomes[index];
    courses[index].due_next = next_of(identifier, due, batch_case.source);
  }
  const HandledRecords handled = handled_records(batch_case, observation);
  for (std::size_t call = 0; call < handled.record_of_call.size(); ++call) {
    if (const auto record = handled.record_of_call[call]) courses[*record].calls.push_back(call);
  }
  return courses;
}

std::vector<std::size_t> stray_calls(const BatchCase& batch_case, const Observation& observation) {
  const HandledRecords handled = handled_records(batch_case, observation);
  std::vector<std::size_t> stray;
  for (std::size_t call = 0; call < handled.record_of_call.size(); ++call) {
    if (!handled.record_of_call[call]) stray.push_back(call);
  }
  return stray;
}

}  // namespace batchproof::properties
