#pragma once

#include <batchproof/fixtures/batch_case.hpp>
#include <cstddef>
#include <string_view>

#include "crash_budget.hpp"
#include "function_runs.hpp"
#include "served_process.hpp"

namespace batchproof::blackbox {

/// The note of a run whose records got another answer when they came again.
inline constexpr std::string_view changed_by_earlier_delivery =
    "what failed got another answer when it was delivered again: an earlier delivery left something behind";

/// Delivers what the service delivers again after an answer: the same identifiers come, and must fail again.
/// Each costs an invocation, so one of four batches with rejected records is delivered again, the first of
/// four of them up to three times, for a function that gives up at some delivery; after a violation each is.
/// One thread at a time.
class RedeliveryJudge {
 public:
  /// All must outlive it.
  RedeliveryJudge(FunctionRuns& runs, ServedProcess& process, CrashBudget& crashes)
      : runs_(runs), process_(process), crashes_(crashes) {}

  /// To be called after a run that was as expected, and was the last one of the process, which must be
  /// running. The run fails, by a further run, when new identifiers fail and these do not.
  void judge(const fixtures::BatchCase& batch_case, std::string_view payload, FunctionRun& one);

 private:
  int deliveries_due(const fixtures::BatchCase& batch_case);

  FunctionRuns& runs_;
  ServedProcess& process_;
  CrashBudget& crashes_;
  std::size_t batches_with_rejected_ = 0;
  bool has_found_violation_ = false;
};

}  // namespace batchproof::blackbox
