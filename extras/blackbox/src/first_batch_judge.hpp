#pragma once

#include <batchproof/fixtures/batch_case.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "function_runs.hpp"
#include "served_process.hpp"

namespace batchproof::blackbox {

/// Finds out whether only the first batch of a process shows a violation: a function may handle that one
/// otherwise than all later ones. One thread at a time.
class FirstBatchJudge {
 public:
  /// Both must outlive it.
  FirstBatchJudge(FunctionRuns& runs, ServedProcess& process) : runs_(runs), process_(process) {}

  /// Whether this batch is to be the first of a new process. Two of all batches are, since most of what a
  /// first batch shows shows where its first record must be rejected, or its second one.
  bool begins_a_process(const fixtures::BatchCase& batch_case);

  /// To be called for the first batch of a process, which runs and did not answer as expected: whether it
  /// answers the next batch as expected and, to tell that from chance, another process its first one not.
  bool judge(const fixtures::BatchCase& batch_case, std::string_view payload);

  /// Whether that was so for a batch, so that each batch needs a new process.
  bool needs_first_batch() const noexcept { return needs_first_batch_; }

 private:
  FunctionRuns& runs_;
  ServedProcess& process_;
  bool needs_first_batch_ = false;
  std::vector<std::string> patterns_{"x", "ox"};  // of the batches that are yet to begin a process
};

}  // namespace batchproof::blackbox
