#pragma once

#include <batchproof/properties/report.hpp>
#include <batchproof/properties/verify_laws.hpp>
#include <span>

#include "stages.hpp"

namespace batchproof::properties {

class FreshProcess;

/// The plan of a verification with these settings, which still needs subjects. Throws as `verify_laws` does.
VerificationPlan plan_without_subjects(std::span<const Law> laws, const VerifySettings& settings);

/// Judges the cases of each stage by the laws of the plan, and stops at the first violation, which it
/// shrinks, confirms in the fresh process, if there is one, and saves.
Report search(std::span<const Stage> stages, const VerificationPlan& plan, FreshProcess* process = nullptr);

/// The same for all stages of the plan. It also judges one case by the canary, which every case violates: so
/// each verification shows that it would have noticed a violation.
Report verify(const VerificationPlan& plan);

}  // namespace batchproof::properties
