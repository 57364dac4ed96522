#include <batchproof/errors.hpp>
#include <batchproof/properties/observation.hpp>
#include <exception>
#include <utility>

namespace batchproof::properties {

Observation observe(const fixtures::Subject& subject, const fixtures::BatchCase& batch_case,
                    std::string payload, Watch watch) {
  RecordProbe probe(batch_case, watch == Watch::all);
  Observation observation;
  try {
    observation.response = subject(payload, probe);
  } catch (const EventError& error) {
    observation.error = error.what();
    observation.threw_event_error = true;
  } catch (const std::exception& error) {
    observation.error = error.what();
  } catch (...) {
    observation.error = "something that is no std::exception";
  }
  observation.calls = probe.calls();
  observation.payload = std::move(payload);
  return observation;
}

Observation observe(const fixtures::Subject& subject, const fixtures::BatchCase& batch_case) {
  return observe(subject, batch_case, batch_case.payload());
}

}  // namespace batchproof::properties
