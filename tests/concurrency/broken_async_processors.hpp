#pragma once

// A plain processor of coroutine handlers, and the races that are planted in it: one each.

#include <algorithm>
#include <batchproof/batch.hpp>
#include <batchproof/concurrency.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/this_coro.hpp>
#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace batchproof {

enum class Race {
  none,
  unsynchronised_failures,  ///< the list of failures is read, another goes on, and it is written back
  order_by_completion,      ///< failures are listed as they come, which the service reads alike
  outcome_by_completion,    ///< the n-th that ends is taken for the n-th record
  one_too_many,             ///< the limit is off by one
  group_not_held,           ///< the next of a group starts while the one before it waits
  group_released_early,     ///< the next of a group starts while the failure of the one before is noted
  answer_too_early,         ///< the answer does not wait for the last handlers
  failure_ends_worker,      ///< an exception ends its worker, and the batch waits forever
  leaves_a_coroutine,       ///< a coroutine that nobody awaits still waits when the answer comes
  one_at_a_time             ///< one worker, whatever the limit
};

/// Handles message groups in order (records without one each by themselves), as many together as the limit.
class PlainAsyncProcessor {
 public:
  PlainAsyncProcessor(Race race, std::size_t max_concurrency) : race_(race), limit_(max_concurrency) {}

  boost::asio::awaitable<std::string> process(std::string_view payload, ConcurrentProbe& probe) const {
    Batch batch{decode<SqsRecord>(payload), probe};
    batch.started.resize(batch.event.size());
    batch.failed.resize(batch.event.size());
    const auto executor = co_await boost::asio::this_coro::executor;
    const std::size_t limit =
        race_ == Race::one_at_a_time ? 1 : limit_ + (race_ == Race::one_too_many ? 1 : 0);
    const std::size_t workers = std::min(limit, batch.event.size());
    if (race_ == Race::leaves_a_coroutine)
      boost::asio::co_spawn(executor, tell_the_metrics(batch), boost::asio::detached);
    for (std::size_t worker = 0; worker < workers; ++worker)
      boost::asio::co_spawn(executor, work(batch), boost::asio::detached);
    while (!is_done(batch, workers)) co_await probe.turn();
    co_return response(batch);
  }

 private:
  struct Batch {
    Event<SqsRecord> event;
    ConcurrentProbe& probe;
    std::vector<bool> started{};
    std::vector<bool> failed{};
    std::set<std::string> busy_groups{};
    std::set<std::string> stopped_groups{};
    std::vector<std::string> failures_as_they_came{};
    std::size_t ended = 0;
    std::size_t workers_ended = 0;
  };

  static std::string group_of(const SqsRecord& record) {
    return record.from_fifo_queue() ? std::string(record.message_group_id().value_or("")) : "";
  }

  bool is_done(const Batch& batch, std::size_t workers) const {
    if (race_ == Race::answer_too_early)
      return std::find(batch.started.begin(), batch.started.end(), false) == batch.started.end();
    return batch.workers_ended == workers;
  }

  /// The first record that may start; nothing where all have, or have to wait.
  std::optional<std::size_t> next(Batch& batch) const {
    for (std::size_t index = 0; index < batch.started.size(); ++index) {
      const std::string group = group_of(batch.event.records()[index]);
      if (batch.started[index] || batch.busy_groups.contains(group)) continue;
      batch.started[index] = true;
      if (batch.stopped_groups.contains(group)) {
        batch.failed[index] = true;
        batch.failures_as_they_came.emplace_back(batch.event.records()[index].message_id());
        continue;
      }
      if (!group.empty() && race_ != Race::group_not_held) batch.busy_groups.insert(group);
      return index;
    }
    return std::nullopt;
  }

  boost::asio::awaitable<void> work(Batch& batch) const {
    for (;;) {
      const auto index = next(batch);
      const bool all_started =
          std::find(batch.started.begin(), batch.started.end(), false) == batch.started.end();
      if (!index && all_started) break;
      if (!index) {
        co_await batch.probe.turn();
        continue;
      }
      const SqsRecord& record = batch.event.records()[*index];
      bool failed = false;
      try {
        co_await batch.probe(record);
      } catch (...) {
        failed = true;
      }
      if (failed && race_ == Race::failure_ends_worker) co_return;
      if (race_ == Race::group_released_early) batch.busy_groups.erase(group_of(record));
      if (race_ == Race::group_released_early) co_await batch.probe.turn();
      if (failed) co_await note_failure(batch, *index);
      ++batch.ended;
      batch.busy_groups.erase(group_of(record));
    }
    ++batch.workers_ended;
  }

  /// Six steps, which are more than a short batch has.
  boost::asio::awaitable<void> tell_the_metrics(Batch& batch) const {
    for (int step = 0; step < 6; ++step) co_await batch.probe.turn();
  }

  boost::asio::awaitable<void> note_failure(Batch& batch, std::size_t index) const {
    const SqsRecord& record = batch.event.records()[index];
    if (record.from_fifo_queue()) batch.stopped_groups.insert(group_of(record));
    batch.failures_as_they_came.emplace_back(record.message_id());
    if (race_ == Race::unsynchronised_failures) {
      std::vector<bool> failed = batch.failed;
      co_await batch.probe.turn();
      failed[index] = true;
      batch.failed = failed;
    } else {
      batch.failed[race_ == Race::outcome_by_completion ? batch.ended : index] = true;
    }
  }

  std::string response(const Batch& batch) const {
    std::vector<std::string_view> identifiers;
    for (const SqsRecord& record : batch.event.records()) {
      if (batch.failed[record.index()]) identifiers.push_back(record.message_id());
    }
    if (race_ == Race::order_by_completion)
      identifiers.assign(batch.failures_as_they_came.begin(), batch.failures_as_they_came.end());
    return detail::encode_response(identifiers);
  }

  Race race_;
  std::size_t limit_;
};

}  // namespace batchproof
