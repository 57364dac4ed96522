#include "first_batch_judge.hpp"

namespace batchproof::blackbox {

using fixtures::BatchCase;

bool FirstBatchJudge::begins_a_process(const BatchCase& batch_case) {
  return process_.has_served() && std::erase(patterns_, batch_case.pattern()) > 0;
}

bool FirstBatchJudge::judge(const BatchCase& batch_case, std::string_view payload) {
  const auto limit = runs_.patience().time_limit();
  const auto next = runs_.in(process_.process(), batch_case, payload, runs_.renamed(batch_case, 1), limit);
  if (!answers_as_expected(next)) return false;
  if (!needs_first_batch_) {
    const auto names = runs_.renamed(batch_case, 1);
    needs_first_batch_ = !runs_.in_new_process(batch_case, payload, names, limit).is_as_expected;
  }
  return needs_first_batch_;
}

}  // namespace batchproof::blackbox
