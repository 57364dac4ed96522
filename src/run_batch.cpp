#include <algorithm>
#include <batchproof/batch.hpp>
#include <batchproof/detail/batch_run.hpp>
#include <batchproof/detail/ordering_keys.hpp>
#include <batchproof/detail/run_batch.hpp>
#include <batchproof/detail/run_on_threads.hpp>

namespace batchproof::inline v0_1::detail {
namespace {

/// Runs the batch, and returns what `end(run)` does.
template <class Record, class End>
auto run_to_end(const Event<Record>& event, const RunOptions<Record>& options, const LambdaContext& context,
                bool handlers_take_context, Attempt attempt, End&& end) {
  const std::size_t limit = std::min(options.max_concurrency.value_or(1), event.size());
  BatchRun<Record> run(event, options, context, limit > 1);
  const LambdaContext& for_handlers = handlers_take_context ? run.context_for_handlers() : context;
  const auto handle = [&](std::size_t index) {
    if (!run.may_start(index)) return;
    std::optional<Failure> failure = attempt(index, for_handlers);
    if (!failure) failure = run.call_success_hook(index);
    run.finish(index, std::move(failure));
  };
  if (limit > 1) {
    run_on_threads(ordering_keys_for(event, options), limit, handle);
  } else {
    for (std::size_t index = 0; index < event.size(); ++index) handle(index);
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
