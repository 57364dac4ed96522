#pragma once

#include <batchproof/fixtures/batch_case.hpp>
#include <batchproof/runtime_api/function.hpp>
#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "function_runs.hpp"

namespace batchproof::blackbox {

/// Finds out whether a violation needs the identifiers that its records had, or the age of the process. Each
/// question costs starts, so what was found out is kept. One thread at a time.
class IdentifierJudge {
 public:
  /// `runs` must outlive it.
  IdentifierJudge(const Function& function, FunctionRuns& runs) : function_(function), runs_(runs) {}

  /// To be called for a batch that was not answered as expected. A function that damages some identifiers
  /// alone answers one of a few other events right. Then smaller batches get identifiers of this one. Of many
  /// records one may get such an identifier each time, so this is tried again with half as many.
  void judge(const fixtures::BatchCase& batch_case, std::string_view payload, const RenamedBatch& batch);

  /// Whether other identifiers, or the age of the process, hide the fault, so that each batch needs a new
  /// process.
  bool begins_anew() const noexcept { return begins_anew_; }

  /// Whether other identifiers hide it.
  bool needs_identifiers() const noexcept { return needs_identifiers_; }

  /// As in `FunctionSubject`.
  bool is_right_with_others(const fixtures::BatchCase& batch_case, std::string_view payload);

 private:
  void tell_from_age(const fixtures::BatchCase& batch_case, std::string_view payload,
                     const RenamedBatch& batch, const std::vector<RenamedBatch>& others);

  Function function_;
  FunctionRuns& runs_;
  bool begins_anew_ = false;
  bool needs_identifiers_ = false;
  std::optional<std::size_t> tried_size_{};  // of the batch that was judged last
};

}  // namespace batchproof::blackbox
