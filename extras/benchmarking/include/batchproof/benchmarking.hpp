#pragma once

// Benchmarks of record handlers, by Google Benchmark, on batches as AWS sends them.

#include <benchmark/benchmark.h>

#include <batchproof/batch.hpp>
#include <batchproof/benchmarking/run_benchmarks.hpp>
#include <batchproof/fixtures/record_types.hpp>
#include <batchproof/fixtures/source.hpp>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace batchproof::inline v0_1 {

/// The payloads of a benchmark. A payload is the body of an SQS message, the bytes of a Kinesis record, the
/// value of a Kafka record, or the new image of a DynamoDB record as DynamoDB writes it
/// (`{"quantity": {"N": "2"}}`).
struct BenchmarkHandlerOptions {
  std::vector<std::string> accepted{};
  std::vector<std::string> rejected{};
  double failure_rate = 0;  ///< 0 to 1: the chance of each record to carry a rejected payload

  /// Batch sizes, a benchmark each. Empty: 10, 100, 1,000 and 10,000 records, and of a FIFO queue 10, which
  /// is its limit.
  std::vector<std::int64_t> records{};
  std::uint64_t seed = 1;  ///< the same seed gives the same batches everywhere
};

namespace detail {

/// One invocation: bytes in, bytes out.
using Invocation = std::function<std::string(std::string_view payload)>;

benchmark::internal::Benchmark* register_benchmark(const std::string& name, fixtures::Source source,
                                                   const BenchmarkHandlerOptions& options,
                                                   const Invocation& invoke);

template <class Processor>
constexpr fixtures::Source source_read_by() noexcept {
  return fixtures::source_of<typename Processor::record_type>(
      std::is_same_v<Processor, SqsFifoPartialProcessor>);
}

}  // namespace detail

/// Registers the benchmarks `NAME/RECORDS`: the time of one invocation, from the bytes of an event to the
/// bytes of the response, in this processor. They report records and bytes a second, and how many records of
/// the batch failed. This copy of the processor serves every invocation, as it does in a function.
///
/// A benchmark whose handler fails on other records than those with a rejected payload is skipped with an
/// error, since its time would measure other work than the options describe.
///
/// Returns what `benchmark::RegisterBenchmark` returns, for more settings. Throws `std::invalid_argument`
/// when the failure rate needs a kind of payload that is missing, or for payloads that the source cannot
/// hold. Call it before the benchmarks run, from one thread.
template <class Handler, class Processor>
benchmark::internal::Benchmark* benchmark_handler(const std::string& name, Handler handler,
                                                  Processor processor,
                                                  const BenchmarkHandlerOptions& options) {
  return detail::register_benchmark(
      name, detail::source_read_by<Processor>(), options,
      [handler = std::move(handler), processor = std::move(processor)](std::string_view payload) mutable {
        return process_partial_response(payload, handler, processor);
      });
}

/// The same in a `BatchProcessor`, which answers even when every record fails.
template <class Record, class Handler>
benchmark::internal::Benchmark* benchmark_handler(const std::string& name, Handler handler,
                                                  const BenchmarkHandlerOptions& options) {
  return benchmark_handler(name, std::move(handler),
                           BatchProcessor<Record>({.raise_on_entire_batch_failure = false}), options);
}

}  // namespace batchproof::inline v0_1
