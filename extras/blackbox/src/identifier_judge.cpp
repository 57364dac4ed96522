#include "identifier_judge.hpp"

#include <batchproof/runtime_api/function_process.hpp>
#include <chrono>

namespace batchproof::blackbox {

using fixtures::BatchCase;
using runtime_api::FunctionProcess;
using std::chrono::milliseconds;

void IdentifierJudge::judge(const BatchCase& batch_case, std::string_view payload,
                            const RenamedBatch& batch) {
  constexpr int most_attempts = 10;
  const std::size_t size = batch_case.records.size();
  if (begins_anew_ || (tried_size_ && size > *tried_size_ / 2)) return;
  tried_size_ = size;
  const milliseconds limit = runs_.patience().time_limit();
  FunctionProcess other(function_);
  if (other.start()) return;
  for (int attempt = 0; attempt < most_attempts; ++attempt) {
    const std::vector<RenamedBatch> others = runs_.renamed(batch_case, 1);
    if (!answers_as_expected(runs_.in(other, batch_case, payload, others, limit))) continue;
    tell_from_age(batch_case, payload, batch, others);
    return;
  }
}

/// A process that had served batches before answered right with other identifiers. If new processes do so
/// too, and never with the same ones, the identifiers matter; if they never do, the age of the process does.
/// Of a function that answers by chance, neither is true.
void IdentifierJudge::tell_from_age(const BatchCase& batch_case, std::string_view payload,
                                    const RenamedBatch& batch, const std::vector<RenamedBatch>& others) {
  constexpr int times = 3;
  const milliseconds limit = runs_.patience().time_limit();
  int times_right = 0;
  for (int time = 0; time < times; ++time) {
    if (runs_.in_new_process(batch_case, payload, {batch}, limit).is_as_expected) return;
    times_right += answers_as_expected(runs_.in_new_process(batch_case, payload, others, limit)) ? 1 : 0;
    if (times_right != 0 && times_right != time + 1) return;
  }
  begins_anew_ = true;
  needs_identifiers_ = times_right == times;
  if (needs_identifiers_) runs_.keep_identifiers(batch);
}

bool IdentifierJudge::is_right_with_others(const BatchCase& batch_case, std::string_view payload) {
  constexpr int most_attempts = 4;  // one of a few others may be damaged as well
  if (!needs_identifiers_) return false;
  const milliseconds limit = runs_.patience().time_limit();
  for (int attempt = 0; attempt < most_attempts; ++attempt) {
    const RenamedBatch others = runs_.renamed_anew(batch_case);
    if (answers_as_expected(runs_.in_new_process(batch_case, payload, {others}, limit))) return true;
  }
  return false;
}

}  // namespace batchproof::blackbox
