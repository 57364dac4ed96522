#pragma once

#include <batchproof/properties/report.hpp>
#include <batchproof/properties/verify_laws.hpp>
#include <optional>
#include <span>

#include "child_process.hpp"
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

/// Runs the cases of one step of the stage, each of which is a part: a number of cases through one subject.
/// Steps count from 0.
std::size_t steps_of(const Stage& stage, const VerificationPlan& plan);
void run_step(const Stage& stage, const VerificationPlan& plan, std::size_t step, const AllowTime& allow);

/// Runs every case of the stage through every subject in a child process. Returns how that ended, if it did
/// not survive.
std::optional<ChildEnd> run_stage_in_child(const Stage& stage, const VerificationPlan& plan,
                                           const Waits& waits = {});

}  // namespace batchproof::properties
