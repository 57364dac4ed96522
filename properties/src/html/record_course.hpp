#pragma once

// What became of each record of a batch in one run, and what should have.

#include <batchproof/fixtures/batch_case.hpp>
#include <batchproof/fixtures/processor_claims.hpp>
#include <batchproof/properties/depends_on.hpp>
#include <batchproof/properties/observation.hpp>
#include <cstddef>
#include <vector>

namespace batchproof::properties {

/// What the service does with a record after the answer.
enum class Next {
  done,  ///< deleted from the queue, or before the checkpoint of the stream
  again  ///< delivered again
};

struct RecordCourse {
  std::vector<std::size_t> calls;  ///< positions in `Observation::calls`
  bool reported = false;
  Next next = Next::done;
  ExpectedOutcome fate = ExpectedOutcome::succeeds;  ///< what should have become of it
  Next due_next = Next::done;                        ///< what the service should do with it
};

/// Of each record, in batch order.
std::vector<RecordCourse> record_courses(const fixtures::BatchCase& batch_case,
                                         const Observation& observation,
                                         const fixtures::ProcessorClaims& claims);

/// Calls with an identifier that is not in the batch, as positions in `Observation::calls`.
std::vector<std::size_t> stray_calls(const fixtures::BatchCase& batch_case, const Observation& observation);

}  // namespace batchproof::properties
