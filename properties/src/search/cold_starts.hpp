#pragma once

#include <optional>

#include "finding.hpp"
#include "fresh_process.hpp"
#include "stages.hpp"

namespace batchproof::properties {

/// Runs each case of the stage as the first one of a copy of this process. Returns what only a first case
/// shows: a law that it violates, to be confirmed by a program that is executed again, since a copy may
/// behave otherwise, or the end of the copy. The later stages find what a later case violates or ends too.
/// Nothing where no such program can be had, or this process must not be copied.
std::optional<Finding> find_by_cold_start(const Stage& stage, const VerificationPlan& plan,
                                          const FreshProcess* process);

/// Judges each case of the stage by the law `verdict` in a copy of this process as it was before its first
/// case: what earlier cases left behind may hide a wrong verdict. Nothing without such a copy.
std::optional<Finding> find_in_unused_copy(const Stage& stage, const VerificationPlan& plan,
                                           FreshProcess* copy);

}  // namespace batchproof::properties
