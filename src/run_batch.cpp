#include <algorithm>
#include <batchproof/batch.hpp>
#include <batchproof/detail/batch_run.hpp>
#include <batchproof/detail/ordering_keys.hpp>
#include <batchproof/detail/run_batch.hpp>
#include <batchproof/detail/run_on_threads.hpp>
#include <cstddef>
#include <optional>
#include <span>
#include <utility>

#include "fields.hpp"
#include "record_text.hpp"

namespace batchproof::inline v0_1::detail {
namespace {

/// Calls `handle` once for each record.
template <class Record, class Handle>
void handle_in_order(std::span<const Record> records, Handle&& handle) {
  // Most handlers read the payload. When the event is larger than the caches, it has left them by then, and
  // they would wait for the memory at each record; in a smaller one the requests cost more than they save.
  constexpr std::size_t cached_bytes = std::size_t{2} << 20;
  constexpr std::size_t ahead = 4;
  const bool prefetches = !records.empty() && RecordText::event_bytes(records.front()) > cached_bytes;
  for (std::size_t index = 0; index < records.size(); ++index) {
    if (prefetches && index + ahead < records.size()) RecordText::prefetch_payload(records[index + ahead]);
    handle(index);
  }
}

/// Runs the batch, and returns what `end(run)` does.
template <class Record, class End>
auto run_to_end(const Event<Record>& event, const RunOptions<Record>& options, const LambdaContext& context,
                bool handlers_take_context, Attempt attempt, End&& end) {
  const std::size_t limit = std::min(options.max_concurrency.value_or(1), event.size());
  BatchRun<Record> run(event, options, context, limit > 1);
  const LambdaContext& for_handlers = handlers_take_context ? run.context_for_handlers() : context;
  const auto handle = [&](std::size_t index) __attribute__((always_inline)) {
    if (!run.may_start(index)) return;
    std::optional<Failure> failure = attempt(index, for_handlers);
    // Asked here too, since moving an empty failure costs more than all else that is done for a success.
    if (!failure && options.on_success) failure = run.call_success_hook(index);
    run.finish(index, std::move(failure));
  };
  if (limit > 1) {
    run_on_threads(ordering_keys_for(event, options), limit, handle);
  } else {
    handle_in_order(event.records(), handle);
  }
  return end(run);
}

}  // namespace

template <class Record>
RecordOutcomes run_batch(const Event<Record>& event, const RunOptions<Record>& options,
                         const LambdaContext& context, bool handlers_take_context, Attempt attempt) {
  return run_to_end(event, options, context, handlers_take_context, attempt,
                    [](BatchRun<Record>& run) { return run.take(); });
}

template <class Record>
std::string respond(const Event<Record>& event, const RunOptions<Record>& options,
                    const LambdaContext& context, bool handlers_take_context, Attempt attempt) {
  return run_to_end(event, options, context, handlers_take_context, attempt,
                    [](BatchRun<Record>& run) { return run.take_response(); });
}

#define BATCHPROOF_INSTANTIATE(Record)                                                                      \
  template RecordOutcomes run_batch(const Event<Record>&, const RunOptions<Record>&, const LambdaContext&,  \
                                    bool, Attempt);                                                         \
  template std::string respond(const Event<Record>&, const RunOptions<Record>&, const LambdaContext&, bool, \
                               Attempt);
BATCHPROOF_FOR_EACH_RECORD_TYPE(BATCHPROOF_INSTANTIATE)
#undef BATCHPROOF_INSTANTIATE

}  // namespace batchproof::inline v0_1::detail
