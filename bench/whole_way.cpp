// Bytes in to bytes out, beside the yardsticks, in pairs within one run: each iteration times both, in turn, so that the
// ratio holds when the machine's speed drifts.

#include "whole_way.hpp"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <batchproof/batch.hpp>
#include <chrono>
#include <stdexcept>
#include <vector>

#include "yardsticks.hpp"

namespace batchproof::bench {
namespace {

using Clock = std::chrono::steady_clock;

template <class Work>
double seconds(Work&& work) {
  const auto begin = Clock::now();
  benchmark::DoNotOptimize(work());
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

/// The handler's own work is nothing, so that what is timed is ours; the payload stays undecoded on both sides.
template <bool with_failures>
constexpr auto handler = [](const auto& record) {
  if (with_failures && fails(record.index())) throw std::runtime_error("bad order");
  benchmark::DoNotOptimize(record.item_identifier().size());
};

template <bool with_failures>
std::string run_batchproof(Source source, std::string_view payload) {
  static const BatchProcessor<SqsRecord> sqs;
  static const SqsFifoPartialProcessor fifo{{.skip_group_on_error = true}};
  static const BatchProcessor<KinesisStreamRecord> kinesis;
  static const BatchProcessor<DynamoDbRecord> dynamodb;
  switch (source) {
    case Source::sqs: return process_partial_response(payload, handler<with_failures>, sqs);
    case Source::fifo: return process_partial_response(payload, handler<with_failures>, fifo);
    case Source::kinesis: return process_partial_response(payload, handler<with_failures>, kinesis);
    case Source::dynamodb: return process_partial_response(payload, handler<with_failures>, dynamodb);
  }
  return {};
}

template <bool with_failures>
void whole_way(benchmark::State& state, Source source, Yardstick yardstick) {
  const std::string event = payload(source, static_cast<std::size_t>(state.range(0)));
  std::vector<double> ours;
  std::vector<double> ratios;
  for (auto _ : state) {
    const double other = yardstick == Yardstick::bare_walk
                             ? seconds([&] { return bare_walk(source, event); })
                             : seconds([&] { return plain_nlohmann_loop(source, event, with_failures); });
    const double own = seconds([&] { return run_batchproof<with_failures>(source, event); });
    state.SetIterationTime(own);
    ours.push_back(own);
    ratios.push_back(yardstick == Yardstick::bare_walk ? own / other : other / own);
  }
  state.counters["ratio"] = median(ratios);
  state.counters["median_us"] = median(ours) * 1e6;
  state.counters["payload_bytes"] = static_cast<double>(event.size());
}

}  // namespace

void register_whole_way() {
  for (const Source source : {Source::sqs, Source::fifo, Source::kinesis, Source::dynamodb}) {
    for (const Yardstick yardstick : {Yardstick::bare_walk, Yardstick::nlohmann}) {
      const std::string prefix = std::string(name(source)) + (yardstick == Yardstick::bare_walk ? "/walk" : "/nlohmann");
      const double time = yardstick == Yardstick::bare_walk ? 0.5 : 0.3;
      benchmark::RegisterBenchmark((prefix + "/none").c_str(), whole_way<false>, source, yardstick)
          ->Arg(10)->UseManualTime()->MinTime(time);
      benchmark::RegisterBenchmark((prefix + "/5%").c_str(), whole_way<true>, source, yardstick)
          ->Arg(100)->Arg(1'000)->Arg(10'000)->UseManualTime()->MinTime(time);
    }
  }
}

}  // namespace batchproof::bench
