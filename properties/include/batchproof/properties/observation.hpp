#pragma once

#include <batchproof/fixtures/batch_case.hpp>
#include <batchproof/fixtures/broken_processors.hpp>
#include <batchproof/fixtures/record_probe.hpp>
#include <optional>
#include <string>
#include <vector>

namespace batchproof::properties {

/// What could be seen of one run of a subject on one payload.
struct Observation {
  std::vector<RecordProbe::Call> calls;  ///< handled records, in the order of the calls
  std::optional<std::string> response;   ///< nothing when the subject threw
  std::string error{};             ///< what the subject threw, as text; the whole batch then counts as failed
  bool threw_event_error = false;  ///< it was batchproof's `EventError`, which promises that no handler ran
  std::string payload{};           ///< the bytes that the subject was given
};

/// Runs the subject once on these bytes; the case says which records are rejected. Whatever the subject
/// throws is noted, never let through.
Observation observe(const fixtures::Subject& subject, const fixtures::BatchCase& batch_case,
                    std::string payload);

/// The same on the case's own payload.
Observation observe(const fixtures::Subject& subject, const fixtures::BatchCase& batch_case);

}  // namespace batchproof::properties
