#pragma once

#include <batchproof/fixtures/batch_case.hpp>
#include <batchproof/properties/law.hpp>
#include <batchproof/properties/report.hpp>
#include <batchproof/properties/shrink.hpp>
#include <string>
#include <vector>

#include "arrangement.hpp"

namespace batchproof::properties {

/// A law that was broken, on what, and what was seen the last time that it broke.
struct Breach {
  const Law* law;
  const Arrangement* arrangement;
  fixtures::BatchCase batch_case;
  std::string payload;
  bool is_damaged = false;  ///< the payload is not the batch's own
  Observation observation;
  std::vector<Violation> violations;
  std::string found_in;  ///< such as "random case 13"
};

/// Runs the case anew; where the law is broken on it, what was seen replaces what the breach holds.
bool breaks_on(Breach& breach, const fixtures::BatchCase& batch_case, const std::string& payload);

/// Makes the case as small as can be found.
void make_small(Breach& breach, Simplify simplify);

/// True when the law is broken each of three more times.
bool breaks_every_time(Breach& breach);

/// For the report.
Counterexample counterexample_of(Breach breach, std::size_t drawn_size);

}  // namespace batchproof::properties
