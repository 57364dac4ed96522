#include <benchmark/benchmark.h>

#include <algorithm>
#include <batchproof/async.hpp>
#include <batchproof/batch.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <chrono>
#include <functional>
#include <string>
#include <thread>
#include <unordered_map>
#include <utility>
#include <vector>

#include "benchmarks.hpp"
#include "payloads.hpp"
#include "timing.hpp"

namespace batchproof::bench {
namespace {

constexpr std::size_t records = 96;
constexpr std::size_t limit = 16;
constexpr std::chrono::milliseconds wait(5);
constexpr int pairs = 15;

/// Counts the median ratio of the work's time to the baseline's; the two are timed in turn.
void compare(benchmark::State& state, const Work& work, const std::function<double()>& baseline_seconds,
             double largest_ratio) {
  std::vector<double> ratios;
  for (auto _ : state) {
    const double baseline = baseline_seconds();
    const double own = seconds_of(work);
    ratios.push_back(own / baseline);
    state.SetIterationTime(own);
  }
  state.counters["ratio"] = median(std::move(ratios));
  state.counters["limit"] = largest_ratio;
}

void wait_on_a_thread(const SqsRecord&) { std::this_thread::sleep_for(wait); }

boost::asio::awaitable<void> wait_in_a_coroutine(const SqsRecord&) {
  boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor, wait);
  co_await timer.async_wait(boost::asio::use_awaitable);
}

void bare_pool() {
  boost::asio::thread_pool pool(limit);
  for (std::size_t record = 0; record < records; ++record)
    boost::asio::post(pool, [] { std::this_thread::sleep_for(wait); });
  pool.join();
}

void bare_coroutines() {
  boost::asio::io_context context(1);
  for (std::size_t worker = 0; worker < limit; ++worker) {
    const auto work = []() -> boost::asio::awaitable<void> {
      for (std::size_t record = 0; record < records / limit; ++record) {
        boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor, wait);
        co_await timer.async_wait(boost::asio::use_awaitable);
      }
    };
    boost::asio::co_spawn(context, work(), boost::asio::detached);
  }
  context.run();
}

/// The shortest time that this many rounds of waiting can take.
std::function<double()> rounds(std::size_t count) {
  return [count] { return std::chrono::duration<double>(wait).count() * static_cast<double>(count); };
}

std::size_t longest_group(const std::string& event) {
  std::unordered_map<std::string, std::size_t> sizes;
  std::size_t longest = 0;
  const auto decoded = decode<SqsRecord>(event);
  for (const SqsRecord& record : decoded.records())
    longest = std::max(longest, ++sizes[std::string(record.message_group_id().value_or(""))]);
  return longest;
}

void add(const std::string& name, Work work, std::function<double()> baseline, double largest_ratio) {
  benchmark::RegisterBenchmark(
      name.c_str(), [=](benchmark::State& state) { compare(state, work, baseline, largest_ratio); })
      ->Iterations(pairs)
      ->UseManualTime();
}

void no_work(const SqsRecord&) {}

}  // namespace

void register_concurrency() {
  static const std::string standard = payload(Source::sqs, records);
  static const std::string fifo = payload(Source::sqs_fifo, records);
  static const std::string many = payload(Source::sqs, 10'000);
  const Work threads = [] {
    static_cast<void>(process_partial_response(standard, wait_on_a_thread,
                                               BatchProcessor<SqsRecord>({.max_concurrency = limit})));
  };
  const Work coroutines = [] {
    static_cast<void>(async_process_partial_response(
        standard, wait_in_a_coroutine, AsyncBatchProcessor<SqsRecord>({.max_concurrency = limit})));
  };
  const Work groups = [] {
    static_cast<void>(process_partial_response(
        fifo, wait_on_a_thread,
        SqsFifoPartialProcessor({.skip_group_on_error = true, .max_concurrency = limit})));
  };
  add(
      "96 that wait 5 ms, 16 threads / bare pool", threads, [] { return seconds_of(bare_pool); }, 1.1);
  add("96 that wait 5 ms, 16 threads / 6 waits", threads, rounds(records / limit), 1.25);
  add(
      "96 that wait 5 ms, 16 coroutines / bare ones", coroutines, [] { return seconds_of(bare_coroutines); },
      1.1);
  add("96 that wait 5 ms, 16 coroutines / 6 waits", coroutines, rounds(records / limit), 1.25);
  add("message groups on threads / longest group", groups, rounds(longest_group(fifo)), 1.25);
  const Work one_at_a_time = [] {
    static_cast<void>(
        process_partial_response(many, no_work, BatchProcessor<SqsRecord>({.max_concurrency = 1})));
  };
  const Work sequential = [] {
    static_cast<void>(process_partial_response(many, no_work, BatchProcessor<SqsRecord>()));
  };
  add(
      "max_concurrency = 1 / not set, 10,000", one_at_a_time, [=] { return seconds_of(sequential); }, 1.05);
  benchmark::RegisterBenchmark(
      "a coroutine that does not wait, a record",
      [=](benchmark::State& state) {
        std::vector<double> extra_microseconds;
        const auto handler = [](const SqsRecord&) -> boost::asio::awaitable<void> { co_return; };
        for (auto _ : state) {
          const double plain = seconds_of(sequential);
          const double own = seconds_of([&] {
            static_cast<void>(
                async_process_partial_response(many, handler, AsyncBatchProcessor<SqsRecord>()));
          });
          extra_microseconds.push_back((own - plain) * 1e6 / 10'000);
          state.SetIterationTime(own);
        }
        state.counters["microseconds"] = median(std::move(extra_microseconds));
        state.counters["limit"] = 1.0;
      })
      ->Iterations(pairs)
      ->UseManualTime();
}

}  // namespace batchproof::bench
