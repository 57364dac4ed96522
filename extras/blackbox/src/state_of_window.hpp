#pragma once

// What the state in a function's answer says of a tumbling window. The state of a user's function has a form
// of its own, so it is compared with the state that the function gives to fewer records.

#include <batchproof/fixtures/batch_case.hpp>
#include <batchproof/fixtures/processor_claims.hpp>
#include <batchproof/properties/observation.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace batchproof::blackbox {

/// A batch, and the event that holds it.
struct SentBatch {
  fixtures::BatchCase batch_case;
  std::string payload;
};

/// The first records of a batch, to which the function must give the same state as to the whole batch, in
/// which this run reported a failure: those before the checkpoint or, where there are none, the record at the
/// checkpoint. Nothing where those are the whole batch, where no failure was reported, and for the last
/// invocation of a window, which may have a state of its own. The event differs from the batch's in nothing
/// else.
std::optional<SentBatch> records_of_state(const fixtures::BatchCase& batch_case, std::string_view payload,
                                          const fixtures::ProcessorClaims& claims,
                                          const properties::Observation& run);

/// Whether the run answered with a state.
bool may_be_compared(const properties::Observation& run);

/// Whether the answers hold the same state.
bool have_same_state(const properties::Observation& one, const properties::Observation& other);

}  // namespace batchproof::blackbox
