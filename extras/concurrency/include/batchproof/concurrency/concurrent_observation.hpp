#pragma once

#include <batchproof/properties/observation.hpp>
#include <cstddef>
#include <vector>

// The observation of handlers that take turns.

namespace batchproof::properties {

/// A handler started, or it ended.
struct HandlerStep {
  std::size_t call;  ///< position in `ConcurrentObservation::run.calls`
  bool ends;
};

/// All that is observed of one run whose handlers took turns.
struct ConcurrentObservation {
  Observation run{};  ///< calls in the order of their starts; one that had not ended at the answer threw
  std::vector<HandlerStep> steps{};  ///< in the order in which they happened, up to the answer
  bool is_stuck = false;             ///< the subject waited, and no handler ran
};

}  // namespace batchproof::properties
