#include "concurrent_runs.hpp"

#include <algorithm>
#include <batchproof/concurrency.hpp>
#include <batchproof/fixtures/record_types.hpp>
#include <batchproof/fixtures/source.hpp>
#include <functional>
#include <type_traits>
#include <utility>

namespace batchproof::tools {
namespace {

using fixtures::Source;

constexpr std::size_t at_once = 3;

template <class Processor>
AsyncSubject async_subject(typename Processor::Options options) {
  return [processor = Processor(std::move(options))](
             std::string_view payload, ConcurrentProbe& probe) -> boost::asio::awaitable<std::string> {
    const auto event = decode<typename Processor::record_type>(payload);
    const auto batch = co_await processor.process(event, std::ref(probe));
    co_return batch.to_json();
  };
}

/// The processor of the source that runs several handlers at once: of a FIFO queue those of other groups.
template <class Record>
AsyncSubject concurrent_processor(Source source) {
  if constexpr (std::is_same_v<Record, SqsRecord>) {
    if (fixtures::is_fifo_queue(source)) {
      return async_subject<AsyncSqsFifoPartialProcessor>(
          {.skip_group_on_error = true, .max_concurrency = at_once});
    }
  }
  return async_subject<AsyncBatchProcessor<Record>>({.max_concurrency = at_once});
}

VerifyRun concurrent_run(Source source) {
  const bool is_fifo = fixtures::is_fifo_queue(source);
  const AsyncSubject subject = fixtures::with_record_type(
      source, [&]<class Record>() { return concurrent_processor<Record>(source); });
  return {"coroutines", {source}, [=](const RunSettings& settings) {
            constexpr std::size_t enough_to_run_together = 100;
            const auto cases = settings.shard.part_of(static_cast<std::size_t>(settings.cases));
            const VerifyConcurrencyOptions options{.fifo = is_fifo,
                                                   .skip_group_on_error = is_fifo,
                                                   .max_concurrency = at_once,
                                                   .uses_concurrency = cases >= enough_to_run_together};
            const std::size_t largest = properties::largest_batch_for(at_once);
            return properties::verify_concurrency_laws(
                properties::concurrency_laws(), source, subject, options,
                {.cases = settings.cases,
                 .seed = settings.seed,
                 .largest_batch = std::min(settings.largest_batch.value_or(largest), largest),
                 .progress = settings.progress,
                 .replay_command = replay_command_of(settings),
                 .hostile = true,
                 .shard = settings.shard});
          }};
}

}  // namespace

std::vector<VerifyRun> concurrent_runs() {
  std::vector<VerifyRun> runs;
  runs.reserve(fixtures::all_sources.size());
  for (const Source source : fixtures::all_sources) runs.push_back(concurrent_run(source));
  return runs;
}

}  // namespace batchproof::tools
