#pragma once

// A shard of a stream while its records are delivered: values, which `run_stream`, `shard_window` and
// `settle_stream_batch` change.

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "invocation.hpp"
#include "simulation.hpp"

namespace batchproof::simulator {

/// Records that are delivered together, by their places in the shard part.
struct Range {
  std::size_t begin;
  std::size_t end;
  std::uint32_t retries = 0;
  std::chrono::milliseconds not_before{0};

  std::size_t size() const noexcept { return end - begin; }

  /// Counts a retry, and delays it. AWS says that the wait grows, but not how long it is.
  void wait_longer(std::chrono::milliseconds now) noexcept {
    constexpr std::uint32_t longest_doubling = 6;
    not_before = now + std::chrono::seconds(1) * (1U << std::min(retries, longest_doubling));
    retries += 1;
  }
};

/// A tumbling window, from its first record to the end of its last invocation.
struct ShardWindow {
  std::chrono::milliseconds start;
  std::string state = "{}";        ///< the last one that was returned
  bool ends_with_records = false;  ///< the last invocation has the last of the records, if possible
  bool is_ending = false;          ///< the function ends the window, without records
  Range ending{};                  ///< the invocation that does so
  std::optional<std::chrono::milliseconds> ending_since{};  ///< when that was first tried
};

/// A whole shard, or one of its parts when the parallelization factor is above 1; of Kafka all partitions
/// that the poller reads. It has one batch in flight at a time. Records stand in the order in which they were
/// sent.
struct ShardPart {
  std::size_t number = 0;
  std::vector<std::size_t> records{};  ///< numbers of messages
  std::size_t next = 0;                ///< the first record that was not read yet
  std::vector<Range> to_do{};          ///< ranges that were read and are not done; the first is at the back
  Invocation invocation{};
  bool is_running = false;  ///< the function processes the range at the back of `to_do`, or ends the window
  std::optional<ShardWindow> window{};  ///< of sources with windows; nothing before its first record
};

}  // namespace batchproof::simulator
