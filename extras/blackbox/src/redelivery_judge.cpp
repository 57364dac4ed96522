#include "redelivery_judge.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "delivered_again.hpp"

namespace batchproof::blackbox {

using fixtures::BatchCase;
using properties::Observation;

bool RedeliveryJudge::is_due(const BatchCase& batch_case) {
  constexpr std::size_t period = 4;
  const bool can_be =
      !batch_case.has_unknown_verdicts() && std::any_of(batch_case.records.begin(), batch_case.records.end(),
                                                        [](const auto& record) { return record.rejected; });
  return can_be && (batches_with_rejected_++ % period == 0 || has_found_violation_);
}

void RedeliveryJudge::judge(const BatchCase& batch_case, std::string_view payload, FunctionRun& one) {
  if (!is_due(batch_case)) return;
  const BatchCase again = delivered_again(batch_case, runs_.claims(), one.seen);
  if (again.records.empty()) return;
  const std::string payload_again = again.payload();
  const auto limit = runs_.patience().time_limit();
  const FunctionRun second = runs_.in(process_.process(), again, payload_again, {one.batch}, limit);
  if (second.is_as_expected || !second.was_taken) return;  // the process had ended after its last answer
  const FunctionRun alone = runs_.in_new_process(again, payload_again, runs_.renamed(again, 1), limit);
  if (!alone.is_as_expected) return;  // a fault that other batches show
  has_found_violation_ = true;
  Observation changed = second.seen;
  changed.redelivered = true;
  one.seen = beside_changed(std::move(one.seen), std::move(changed), changed_by_first_delivery);
  if (second.crash) crashes_.note(payload, last_error_of(one.seen), *second.crash, second.took);
}

}  // namespace batchproof::blackbox
