#pragma once

// What must become of each record when the function's time runs out.

#include <batchproof/fixtures/batch_case.hpp>
#include <batchproof/fixtures/processor_claims.hpp>
#include <string>
#include <vector>

namespace batchproof::properties {

enum class Course {
  succeeds,
  fails,
  stopped,  ///< something that it depends on was not done
  late      ///< the reserve was reached before it could start
};

/// The course of each record, in batch order, for a processor that claims a reserve and handles one record
/// after the other within `fixtures::time_limit`.
std::vector<Course> courses(const fixtures::BatchCase& batch_case, const fixtures::ProcessorClaims& claims);

/// The answer that such a processor owes: what did not succeed.
std::string expected_before_deadline(const fixtures::BatchCase& batch_case,
                                     const fixtures::ProcessorClaims& claims);

}  // namespace batchproof::properties
