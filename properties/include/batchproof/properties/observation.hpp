#pragma once

#include <batchproof/fixtures/batch_case.hpp>
#include <batchproof/fixtures/record_probe.hpp>
#include <batchproof/fixtures/subject.hpp>
#include <batchproof/properties/schedule.hpp>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

// Runs a subject once under observation: observe(subject, batch_case).calls are the records that it handled.

namespace batchproof::properties {

/// All that is observed of one run of a subject on one payload.
///
/// Some laws compare runs. For `Experiment::again` two more follow: of its first records with another failure
/// among them, and of the same batch again. For `Experiment::in_part` there is a run for each of some
/// records, of the batch without that record; of a batch with near misses, a run for each record, of it
/// alone.
struct Observation {
  std::vector<RecordProbe::Call> calls;            ///< handled records, in the order of the calls
  std::vector<RecordProbe::ActionCall> actions{};  ///< of a processor that meets requests
  std::optional<std::string> response;             ///< empty when the subject threw
  std::string error{};  ///< the text of the subject's exception; the whole batch then counts as failed
  bool threw_event_error = false;  ///< it was batchproof's `EventError`, which promises that no handler ran
  std::string payload{};           ///< the bytes that the subject received
  std::optional<std::size_t> left_out{};    ///< the position of the record that this run left out
  std::optional<std::size_t> alone{};       ///< the position of the record that this run is of
  std::vector<Observation> further_runs{};  ///< see above
  std::optional<std::vector<std::string>> complaints{};   ///< of the user's own check, where there is one
  std::optional<std::chrono::milliseconds> time_limit{};  ///< of the invocation, by the clock of the probe
  std::optional<std::string>
      process_end{};                   ///< how it ended the child process; then nothing else is observed
  std::optional<Timeline> timeline{};  ///< of handlers that took turns; one that had not ended threw
};

/// How much of a run to observe. To observe the fields that handlers read takes a third of the time. With a
/// deadline the probe has a time limit, and fields are not observed.
enum class Watch { all, all_but_fields, deadline };

/// Runs the subject once on these bytes; the case says which records are rejected. An exception of
/// the subject is recorded, never passed on.
Observation observe(const fixtures::Subject& subject, const fixtures::BatchCase& batch_case,
                    std::string payload, Watch watch = Watch::all);

/// The same on the case's own payload.
Observation observe(const fixtures::Subject& subject, const fixtures::BatchCase& batch_case);

}  // namespace batchproof::properties
