#pragma once

// The stages of a verification: the cases that it judges, in their order.
//
//     for (const Stage& stage : stages_of(plan))
//       for (std::size_t number = 0; number < stage.count; ++number) stage.cases(subject, number);

#include <batchproof/properties/distribution.hpp>
#include <batchproof/properties/law.hpp>
#include <batchproof/properties/progress.hpp>
#include <batchproof/properties/regressions.hpp>
#include <batchproof/properties/settings.hpp>
#include <batchproof/properties/shrink.hpp>
#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "finding.hpp"

namespace batchproof::properties {

struct VerificationPlan {
  std::span<const Law> laws;
  std::vector<std::string_view> not_applicable{};  ///< ids of laws that have only names
  std::vector<SubjectUnderTest> subjects{};
  Simplify simplify = Simplify::everything;
  Settings settings{};  ///< with 0 cases only saved cases are judged
  std::vector<SavedCase> saved_cases{};
  std::string regressions{};  ///< the folder that a counterexample is saved in; none when empty
  Progress progress{};
  std::string replay_command{};
  bool hostile = false;  ///< as in `VerifyProcessorOptions`
  std::vector<std::string> notes{};

  /// Whether to find subjects that end or hang their process, and to judge a counterexample again in a fresh
  /// process.
  Processes processes = Processes::none;
  std::chrono::milliseconds time_limit = std::chrono::seconds(5);  ///< of a case of up to 100 records
  std::function<std::chrono::nanoseconds()> time_not_counted{};    ///< as in `VerifySettings`
  std::optional<std::size_t> largest_batch{};  ///< as in `VerifySettings`, for the subjects' draws
  std::string same_in_shards{};                ///< as in `VerifySettings`

  /// The handlers take turns. Their laws ask for no child process, and a time limit of their own ends what
  /// waits.
  bool is_on_schedules() const noexcept { return subjects.front().schedules > 0; }
};

/// A case of a stage.
struct StagedCase {
  std::optional<Case> drawn;             ///< nothing when the generator gave up
  const Law* law = nullptr;              ///< the law that judges it; null: all
  std::vector<EarlierCase> earlier{};    ///< run before it
  std::optional<Experiment> left_out{};  ///< an experiment that only other cases make
};

/// The process that runs the cases of a stage.
enum class Where {
  here,
  child,       ///< only the way in which the child process ends is judged
  cold_start,  ///< each case is the first one of a copy of this process; what a second one shows too is left
               ///< out
  first_copy   ///< the same, judged by `verdict` alone, and told only where the other stages find nothing
};

/// Cases, by number.
struct Stage {
  CaseKind kind;
  std::size_t count = 0;
  std::function<std::vector<StagedCase>(const SubjectUnderTest& subject, std::size_t number)> cases{};
  std::function<std::string(std::size_t number)> name{};  ///< such as "random case 13"
  bool in_turns = false;  ///< a number is for one subject, the next number for the next one
  Where where = Where::here;
  std::optional<std::chrono::milliseconds> budget{};  ///< cases that it leaves no time for are skipped
};

/// Cold starts and near misses that are the first cases of a process, if the plan allows child processes;
/// saved cases, all small cases within their budget, random cases, near misses; each of them first in a child
/// process, if the plan allows one. Of each, only the part that belongs to the shard of the settings. The
/// plan must outlive the stages. Throws `std::invalid_argument` for a saved case of an unknown law, or of a
/// source that is not verified.
std::vector<Stage> stages_of(const VerificationPlan& plan);

/// The finding of a saved case that this law will judge again: it has no run yet.
Finding finding_of(const VerificationPlan& plan, const SavedCase& saved, const Law& law);

}  // namespace batchproof::properties
