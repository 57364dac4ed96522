#include "redelivery_judge.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "delivered_again.hpp"

namespace batchproof::blackbox {

using fixtures::BatchCase;
using properties::Observation;

int RedeliveryJudge::deliveries_due(const BatchCase& batch_case) {
  constexpr std::size_t period = 4;
  constexpr int most = 3;
  const bool can_be =
      !batch_case.has_unknown_verdicts() && std::any_of(batch_case.records.begin(), batch_case.records.end(),
                                                        [](const auto& record) { return record.rejected; });
  if (!can_be) return 0;
  const std::size_t number = batches_with_rejected_++;
  if (has_found_violation_ || number % (period * period) == 0) return most;
  return number % period == 0 ? 1 : 0;
}

void RedeliveryJudge::judge(const BatchCase& batch_case, std::string_view payload, FunctionRun& one) {
  const auto limit = runs_.patience().time_limit();
  BatchCase again = batch_case;
  FunctionRun last;
  last.seen = one.seen;
  last.is_as_expected = true;
  for (int left = deliveries_due(batch_case); left > 0 && answers_as_expected(last); --left) {
    again = delivered_again(again, runs_.claims(), last.seen);
    if (again.records.empty()) return;
    last = runs_.in(process_.process(), again, again.payload(), {one.batch}, limit);
  }
  if (last.is_as_expected || !last.was_taken) return;  // the process had ended after its last answer
  const FunctionRun alone = runs_.in_new_process(again, again.payload(), runs_.renamed(again, 1), limit);
  if (!alone.is_as_expected) return;  // a fault that other batches show
  has_found_violation_ = true;
  Observation changed = last.seen;
  changed.redelivered = true;
  one.seen = beside_changed(std::move(one.seen), std::move(changed), changed_by_earlier_delivery);
  if (last.crash) crashes_.note(payload, last_error_of(one.seen), *last.crash, last.took);
}

}  // namespace batchproof::blackbox
