#pragma once

// The cases of a stage: drawn, judged by the laws in this process, or only run in a child process.

#include <chrono>
#include <cstddef>
#include <optional>
#include <vector>

#include "child_process.hpp"
#include "finding.hpp"
#include "stages.hpp"
#include "tally.hpp"

namespace batchproof::properties {

/// The cases of this number, without those for which the generator gave up.
std::vector<StagedCase> drawn_cases(const Stage& stage, const SubjectUnderTest& subject, std::size_t number);

/// The first law that the case violates. A violation of a law of lower priority counts only if no law that
/// compares runs is violated.
std::optional<Finding> judge(const VerificationPlan& plan, const SubjectUnderTest& subject,
                             const StagedCase& staged, Tally& tally);

/// How long the case may take together with its earlier cases, if each is run once.
std::chrono::milliseconds time_limit_of(const SubjectUnderTest& subject, const StagedCase& staged);

/// Runs the cases of one step of the stage, each of which is a part: a number of cases through one subject.
/// Steps count from 0.
std::size_t steps_of(const Stage& stage, const VerificationPlan& plan);
void run_step(const Stage& stage, const VerificationPlan& plan, std::size_t step, const AllowTime& allow);

/// Runs every case of the stage through every subject in a child process. Returns how that ended, if it did
/// not survive.
std::optional<ChildEnd> run_stage_in_child(const Stage& stage, const VerificationPlan& plan,
                                           const Waits& waits = {});

/// The budget of a stage that begins now.
class StageTime {
 public:
  /// Refers to both.
  StageTime(const Stage& stage, const VerificationPlan& plan)
      : stage_(stage), plan_(plan), start_(counted_time()) {}

  bool is_over() const { return stage_.budget && counted_time() - start_ >= *stage_.budget; }

 private:
  /// Since some time in the past.
  std::chrono::nanoseconds counted_time() const;

  const Stage& stage_;
  const VerificationPlan& plan_;
  std::chrono::nanoseconds start_;
};

}  // namespace batchproof::properties
