#pragma once

#include <optional>
#include <vector>

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

/// The cases of the stage that violate the law `verdict` as the first ones of a copy of this process, since
/// what earlier cases left behind may hide a wrong verdict. A copy that ends shows nothing: the stages in a
/// child process are about that. To be called before the first case; none where this process must not be
/// copied.
std::vector<Finding> find_in_first_copies(const Stage& stage, const VerificationPlan& plan);

}  // namespace batchproof::properties
