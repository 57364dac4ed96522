#include <batchproof/batch_processing_error.hpp>
#include <batchproof/errors.hpp>
#include <batchproof/fixtures/handling_time.hpp>
#include <batchproof/properties/observation.hpp>
#include <exception>
#include <string>
#include <utility>

namespace batchproof::properties {
namespace {

/// Records an error, which counts as a batch that failed. An error that the processor promised not to throw
/// becomes an answer that violates every law.
void note_error(Observation& observation, const RecordProbe& probe, std::string error) {
  if (probe.expects_promised_errors()) {
    observation.response = "an error that was not promised: " + error;
  } else {
    observation.error = std::move(error);
  }
}

}  // namespace

Observation observe(const fixtures::Subject& subject, const fixtures::BatchCase& batch_case,
                    std::string payload, Watch watch) {
  Observation observation;
  if (watch == Watch::deadline) observation.time_limit = fixtures::time_limit;
  RecordProbe probe(batch_case, watch == Watch::all, observation.time_limit);
  try {
    observation.response = subject(payload, probe);
  } catch (const EventError& error) {
    observation.error = error.what();
    observation.threw_event_error = true;
    observation.error_place = error.json_pointer();
  } catch (const BatchProcessingError& error) {
    observation.error = error.what();
    observation.all_failed = AllFailed{error.exceptions().size(), error.response().to_json()};
  } catch (const std::exception& error) {
    note_error(observation, probe, error.what());
  } catch (...) {
    note_error(observation, probe, "something that is not a std::exception");
  }
  observation.is_of_this_library = probe.expects_promised_errors();
  observation.actions = probe.action_calls();
  observation.backs_off = probe.backs_off();
  observation.hooks = probe.hook_calls();
  observation.calls = std::move(probe).calls();
  observation.payload = std::move(payload);
  return observation;
}

Observation observe(const fixtures::Subject& subject, const fixtures::BatchCase& batch_case) {
  return observe(subject, batch_case, batch_case.payload());
}

}  // namespace batchproof::properties
