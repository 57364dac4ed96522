#pragma once

#include <batchproof/fixtures/batch_case.hpp>
#include <string>

#include "function_runs.hpp"

namespace batchproof::blackbox {

/// What was found out about the run besides.
struct RunCircumstances {
  bool keeps_identifiers = false;  ///< with others this batch, or a larger one, was answered as expected
  bool one_at_a_time = true;       ///< the process had no other batch at that time
};

/// What the reader of a violation must know of a run that was not as expected, in words; may be empty.
std::string note_of(const FunctionRun& run, const FunctionRuns& runs, const fixtures::BatchCase& batch_case,
                    const RunCircumstances& circumstances);

}  // namespace batchproof::blackbox
