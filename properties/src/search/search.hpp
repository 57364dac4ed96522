#pragma once

#include <batchproof/properties/report.hpp>
#include <optional>
#include <span>

#include "child_process.hpp"
#include "stages.hpp"

namespace batchproof::properties {

/// Judges the cases of each stage by the laws of the plan, and stops at the first violation: it makes its
/// case small and true, and saves it.
Report search(std::span<const Stage> stages, const VerificationPlan& plan);

/// The same of all stages of the plan. In addition it judges one case by the canary, which every case
/// violates: this shows in each verification that a violation would have been seen.
Report verify(const VerificationPlan& plan);

/// Runs every case of the stage through every subject in a child process; how that ended, if it did not live
/// on.
std::optional<ChildEnd> run_stage_in_child(const Stage& stage, const VerificationPlan& plan);

}  // namespace batchproof::properties
