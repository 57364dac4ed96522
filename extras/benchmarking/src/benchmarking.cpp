#include <rapidcheck.h>

#include <algorithm>
#include <batchproof/benchmarking.hpp>
#include <batchproof/fixtures/service_answer.hpp>
#include <batchproof/fixtures/source.hpp>
#include <batchproof/generators/payload_case.hpp>
#include <exception>
#include <memory>
#include <set>
#include <stdexcept>

#include "counted_invocation.hpp"

namespace batchproof::inline v0_1::detail {
namespace {

using fixtures::Source;

void check_options(const BenchmarkHandlerOptions& options) {
  const double rate = options.failure_rate;
  if (!(rate >= 0 && rate <= 1))
    throw std::invalid_argument("failure_rate is " + std::to_string(rate) + "; it must be from 0 to 1");
  if (rate < 1 && options.accepted.empty())
    throw std::invalid_argument("a failure_rate below 1 needs accepted payloads, and there are none");
  if (rate > 0 && options.rejected.empty())
    throw std::invalid_argument("a failure_rate above 0 needs rejected payloads, and there are none");
  for (const std::int64_t records : options.records) {
    if (records < 1)
      throw std::invalid_argument("records has " + std::to_string(records) + "; a batch has at least 1");
  }
}

std::vector<std::int64_t> batch_sizes(Source source, const std::vector<std::int64_t>& wanted) {
  if (!wanted.empty()) return wanted;
  if (fixtures::is_fifo_queue(source)) return {10};
  return {10, 100, 1'000, 10'000};
}

/// Throws `std::invalid_argument` for payloads that the source cannot hold.
rc::Gen<fixtures::BatchCase> batches_of(Source source, const BenchmarkHandlerOptions& options,
                                        std::int64_t records) {
  const auto size = static_cast<std::size_t>(records);
  return generators::payload_case(
      source, options.accepted, options.rejected,
      {.largest_batch = size, .smallest_batch = size, .failure_rate = options.failure_rate});
}

fixtures::BatchCase draw(Source source, const BenchmarkHandlerOptions& options, std::int64_t records) {
  return batches_of(source, options, records)(rc::Random(options.seed), rc::kNominalSize).value();
}

/// The reported identifiers; a batch that failed as a whole reports all.
std::set<std::string> reported(const Invocation& invoke, std::string_view payload, Source source) {
  std::vector<std::string> identifiers;
  try {
    identifiers = fixtures::read_service_answer(invoke(payload), source).reported;
  } catch (const BatchProcessingError& error) {
    identifiers = error.response().item_identifiers();
  }
  return {identifiers.begin(), identifiers.end()};
}

/// The reason why the benchmark would measure other work than the options describe; empty when there is none.
/// A processor that keeps an order may report accepted records behind a rejected one, so those are also tried
/// alone.
std::string mistake(const Invocation& invoke, const fixtures::BatchCase& batch,
                    const std::set<std::string>& reported_of_batch) {
  fixtures::BatchCase accepted = batch;
  std::erase_if(accepted.records, [](const fixtures::CaseRecord& record) { return record.rejected; });
  std::set<std::string> failed;
  if (accepted.records.size() == batch.records.size()) {
    failed = reported_of_batch;
  } else if (!accepted.records.empty()) {
    failed = reported(invoke, accepted.payload(), batch.source);
  }
  if (!failed.empty())
    return "the handler fails on accepted payloads: " + std::to_string(failed.size()) + " of " +
           std::to_string(accepted.records.size()) + " records are reported";
  for (const fixtures::CaseRecord& record : batch.records) {
    if (record.rejected && !reported_of_batch.contains(record.item_identifier))
      return "the handler accepts the rejected payload of " + record.item_identifier;
  }
  return "";
}

void time_batch(benchmark::State& state, const fixtures::BatchCase& batch, const Invocation& invoke) {
  const std::string payload = batch.payload();
  const auto failed = reported(invoke, payload, batch.source);
  if (const std::string what = mistake(invoke, batch, failed); !what.empty())
    return state.SkipWithError(what.c_str());
  if (counts_instructions()) counted_invocation(invoke, payload);
  for (auto _ : state) {
    try {
      benchmark::DoNotOptimize(invoke(payload));
    } catch (const BatchProcessingError& error) {
      benchmark::DoNotOptimize(error.response().item_identifiers().size());
    }
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(payload.size()));
  state.counters["reported"] = static_cast<double>(failed.size());
}

}  // namespace

benchmark::internal::Benchmark* register_benchmark(const std::string& name, Source source,
                                                   const BenchmarkHandlerOptions& options,
                                                   const Invocation& invoke) {
  check_options(options);
  const auto run = [=](benchmark::State& state) {
    try {
      time_batch(state, draw(source, options, state.range(0)), invoke);
    } catch (const std::exception& error) {
      state.SkipWithError(error.what());
    }
  };
  static_cast<void>(batches_of(source, options, 1));  // throws here rather than in the run
  auto* const registered = benchmark::RegisterBenchmark(name.c_str(), run);
  for (const std::int64_t records : batch_sizes(source, options.records)) registered->Arg(records);
  return registered;
}

}  // namespace batchproof::inline v0_1::detail
