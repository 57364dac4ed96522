#include <algorithm>
#include <batchproof/simulator/laws.hpp>
#include <utility>

#include "common.hpp"

namespace batchproof::simulator {
namespace {

/// True when the later record must be handled once more. A processor that continues after a failure handles
/// later records before the failed one. After it, it handles them all once more, or skips those that it
/// knows: for such a processor the last success matters.
bool is_overtaken(const FinishedWorld& finished, const Message& earlier, const Message& later) {
  if (finished.world.claims.stop_on_first_failure) return earlier.first_success > later.first_success;
  return earlier.last_success > std::max(later.last_success, later.passed_over);
}

/// A pipe delivers only the failed records again, so that a processor which continues leaves the order.
bool keeps_order(const World& world) {
  return fixtures::has_shards(world.source) &&
         (!fixtures::is_pipe(world.source) || world.claims.stop_on_first_failure);
}

std::vector<std::string> overtaken_records(const FinishedWorld& finished) {
  auto violations = overtaken_messages(
      finished, {.counts =
                     [](const Message& message) {
                       return message.disposition == Disposition::done && message.successes > 0;
                     },
                 .is_overtaken = is_overtaken,
                 .end = " of the same key, which was sent earlier, and not once more after it"});
  for (std::string& violation : left_before_failed(finished, "key"))
    violations.push_back(std::move(violation));
  return violations;
}

}  // namespace

constinit const EndToEndLaw key_order{
    .id = "key-order",
    .sentence =
        "Streams: the records of a key are handled in the order in which they were sent. The first success "
        "counts where the processor stops at a failure, the last one where it continues. Behind a pipe only "
        "a processor that stops keeps the order: no record leaves the stream while one before it in its "
        "batch that failed comes again: one of its key or, where the answers alone are known, of any key.",
    .aws_page = "Using Lambda to process records from Amazon Kinesis Data Streams",
    .applies = keeps_order,
    .violations = overtaken_records,
    .may_be_more = are_overtakings_cut,
};

}  // namespace batchproof::simulator
