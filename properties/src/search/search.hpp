#pragma once

#include <batchproof/properties/report.hpp>
#include <span>

#include "stages.hpp"

namespace batchproof::properties {

/// Judges the cases of each stage by the laws of the plan, and stops at the first violation: it shrinks its
/// case, runs that again three times, to tell a fault from chance, and saves it.
Report search(std::span<const Stage> stages, const VerificationPlan& plan);

/// The same of all stages of the plan. In addition it judges one case by the canary, which every case
/// violates: this shows in each verification that a violation would have been seen.
Report verify(const VerificationPlan& plan);

}  // namespace batchproof::properties
