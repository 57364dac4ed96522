#include <rapidcheck.h>

#include <algorithm>
#include <batchproof/benchmarking.hpp>
#include <batchproof/fixtures/service_answer.hpp>
#include <batchproof/fixtures/source_info.hpp>
#include <batchproof/generators/payload_case.hpp>
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
  if (fixtures::info_of(source).delivery == fixtures::DeliveryKind::fifo_queue) return {10};
  return {10, 100, 1'000, 10'000};
}

fixtures::BatchCase draw(Source source, const BenchmarkHandlerOptions& options, std::int64_t records) {
  const auto size = static_cast<std::size_t>(records);
  const auto generator = generators::payload_case(
      source, options.accepted, options.rejected,
      {.largest_batch = size, .smallest_batch = size, .failure_rate = options.failure_rate});
  return generator(rc::Random(options.seed), rc::kNominalSize).value();
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
/// A processor that keeps an order may report more records than failed, but not fewer.
std::string mistake(const fixtures::BatchCase& batch, const std::set<std::string>& reported) {
  const bool some_rejected = std::any_of(batch.records.begin(), batch.records.end(),
                                         [](const fixtures::CaseRecord& record) { return record.rejected; });
  if (!some_rejected && !reported.empty())
    return "the handler fails on accepted payloads: " + std::to_string(reported.size()) + " of " +
           std::to_string(batch.records.size()) + " records are reported";
  for (const fixtures::CaseRecord& record : batch.records) {
    if (record.rejected && !reported.contains(record.item_identifier))
      return "the handler accepts the rejected payload of " + record.item_identifier;
  }
  return "";
}

void time_batch(benchmark::State& state, const fixtures::BatchCase& batch, const Invocation& invoke) {
  const std::string payload = batch.payload();
  const auto failed = reported(invoke, payload, batch.source);
  if (const std::string what = mistake(batch, failed); !what.empty())
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
    time_batch(state, draw(source, options, state.range(0)), invoke);
  };
  auto* const registered = benchmark::RegisterBenchmark(name.c_str(), run);
  for (const std::int64_t records : batch_sizes(source, options.records)) registered->Arg(records);
  return registered;
}

}  // namespace batchproof::inline v0_1::detail
