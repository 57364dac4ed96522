#include <benchmark/benchmark.h>

#include <batchproof/batch.hpp>
#include <batchproof/envelopes.hpp>
#include <batchproof/windows.hpp>
#include <boost/uuid/detail/md5.hpp>
#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "benchmarks.hpp"
#include "keep.hpp"
#include "stream_events.hpp"
#include "timing.hpp"

namespace batchproof::bench {
namespace {

constexpr std::size_t aggregates = 100;
constexpr std::size_t user_records_of_each = 100;
constexpr std::size_t records_of_window = 1'000;
constexpr int pairs = 21;

/// The work that no reader of an aggregate is spared: base64, and the MD5 of its message.
void read_and_hash(const KinesisStreamRecord& record) {
  const std::string_view data = record.data();
  boost::uuids::detail::md5 hash;
  boost::uuids::detail::md5::digest_type digest;
  hash.process_bytes(data.data(), data.size());
  hash.get_digest(digest);
  keep(digest);
}

void time_user_records(benchmark::State& state) {
  const std::string event = aggregated_event(aggregates, user_records_of_each);
  const BatchProcessor<KinesisStreamRecord> processor;
  const auto open = user_records([](const UserRecord& user) { keep(user.data()); });
  std::vector<double> each;
  for (auto _ : state) {
    const double least = seconds_of([&] { keep(process_partial_response(event, read_and_hash, processor)); });
    const double own = seconds_of([&] { keep(process_partial_response(event, open, processor)); });
    each.push_back((own - least) * 1e6 / static_cast<double>(aggregates * user_records_of_each));
    state.SetIterationTime(own);
  }
  state.counters["microseconds"] = median(std::move(each));
  state.counters["limit"] = 2.0;
}

void fold(Totals& totals, const KinesisStreamRecord& record) {
  ++totals[std::string(record.partition_key())];
}

/// The fold, the JSON of the state, and a copy of it for each record.
void fold_and_copy(const std::string& plain, const std::string& state_text) {
  Totals totals = nlohmann::json::parse(state_text).get<Totals>();
  const auto fold_copy = [&](const KinesisStreamRecord& record) {
    Totals before = totals;
    keep(before);
    fold(totals, record);
  };
  keep(process_partial_response(plain, fold_copy, BatchProcessor<KinesisStreamRecord>()));
  keep(nlohmann::json(totals).dump());
}

void time_window(benchmark::State& state) {
  const std::string plain = counted_event(records_of_window);
  const std::string event = window_event(records_of_window);
  const std::string state_text = nlohmann::json(totals_of_ten()).dump();
  const BatchProcessor<KinesisStreamRecord> processor;
  std::vector<double> ratios;
  for (auto _ : state) {
    const double least = seconds_of([&] { fold_and_copy(plain, state_text); });
    const double own = seconds_of([&] {
      keep(process_window<Totals>(
          event, fold, [](const Totals&, const Window&) {}, processor));
    });
    ratios.push_back(own / least);
    state.SetIterationTime(own);
  }
  state.counters["ratio"] = median(std::move(ratios));
  state.counters["limit"] = 1.1;
}

}  // namespace

void register_kinesis_windows_and_envelopes() {
  benchmark::RegisterBenchmark("a user record of an aggregate of 100", time_user_records)
      ->Iterations(pairs)
      ->UseManualTime();
  benchmark::RegisterBenchmark("window of 1,000 / fold, JSON, a copy a record", time_window)
      ->Iterations(pairs)
      ->UseManualTime();
}

}  // namespace batchproof::bench
