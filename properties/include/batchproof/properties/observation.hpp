#pragma once

#include <batchproof/fixtures/batch_case.hpp>
#include <batchproof/fixtures/record_probe.hpp>
#include <batchproof/fixtures/subject.hpp>
#include <batchproof/properties/turn_order.hpp>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

// Runs a subject once under observation: observe(subject, batch_case).calls are the records that it handled.

namespace batchproof::properties {

/// What this library's `BatchProcessingError` held.
struct AllFailed {
  std::size_t exceptions = 0;
  std::string response;  ///< as JSON
};

/// All that is observed of one run of a subject on one payload.
///
/// Some laws compare runs. For `Experiment::again` two runs follow: one of the first records with another
/// failure among them, and one of the same batch again. For `Experiment::in_part` one run follows for each of
/// some records, of the batch without that record; for a batch with near misses, one run for each record
/// alone. For `Experiment::one_run` a subject may add runs that it compared itself.
struct Observation {
  std::vector<RecordProbe::Call> calls;            ///< handled records, in the order of the calls
  std::vector<RecordProbe::ActionCall> actions{};  ///< of a processor that carries out requests
  bool backs_off = false;  ///< it delays messages that failed without a request too, by `fixtures::backoff`
  std::optional<std::vector<RecordProbe::HookCall>> hooks{};  ///< of a processor with hooks
  std::optional<std::string> response;                        ///< empty when the subject threw
  std::string error{};  ///< the text of the subject's exception; the whole batch then counts as failed
  bool threw_event_error = false;  ///< it was batchproof's `EventError`, which promises that no handler ran
  std::optional<AllFailed> all_failed{};  ///< it was a `BatchProcessingError`
  std::string error_place{};              ///< the JSON pointer of that error
  bool is_of_this_library = false;        ///< the subject is a processor of this library, which promises more
  std::string payload{};                  ///< the bytes that the subject received
  std::optional<std::size_t> left_out{};  ///< the position of the record that this run left out
  std::optional<std::size_t> alone{};     ///< the position of the only record of this run
  bool redelivered = false;               ///< this run had only the records that the first one left to do
  std::optional<std::size_t> first_records{};  ///< this run had only so many of the first one's records
  std::vector<Observation> further_runs{};     ///< see above
  std::optional<std::vector<std::string>> complaints{};   ///< of the user's own check, if there is one
  std::optional<std::chrono::milliseconds> time_limit{};  ///< of the invocation, by the clock of the probe
  std::optional<std::string> process_end{};  ///< how the child process ended; then nothing else is observed
  std::optional<Timeline> timeline{};        ///< of handlers that took turns; one that had not ended failed
  std::string note{};                        ///< what the reader of a violation must know of this run
  std::optional<std::string> wrong_state{};  ///< the result of comparing the state of a window with others
  bool calls_are_assumed =
      false;                   ///< nothing shows what a function handled: `calls` are what a right one does
  bool ended_subject = false;  ///< a subject of its own process must start again: few such runs are made
  bool needs_cold_start = false;  ///< the subject of its own process answers so only as its first batch
};

/// How much of a run to observe. Observing the fields that handlers read takes a third of the time. With a
/// deadline the probe has a time limit, and fields are not observed.
enum class Watch { all, all_but_fields, deadline };

/// Runs the subject once on these bytes; the case says which records are rejected. An exception of
/// the subject is recorded, never passed on.
Observation observe(const fixtures::Subject& subject, const fixtures::BatchCase& batch_case,
                    std::string payload, Watch watch = Watch::all);

/// The same on the case's own payload.
Observation observe(const fixtures::Subject& subject, const fixtures::BatchCase& batch_case);

}  // namespace batchproof::properties
