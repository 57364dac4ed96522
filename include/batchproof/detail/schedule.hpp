#pragma once

// Decides which records may run at the same time, and when each may start. Not part of the public interface.

#include <batchproof/detail/export.hpp>
#include <cstddef>
#include <optional>
#include <vector>

namespace batchproof::inline v0_1::detail {

/// For each record its ordering key, a small number. Records of one key run one after the other, in batch
/// order; those of different keys may run at the same time. A record without a key runs alone: it waits for
/// all before it, and all after it wait for it.
using OrderingKeys = std::vector<std::optional<std::size_t>>;

/// Hands out records as they may start: in batch order where there is a choice, never more at once than the
/// limit. It knows neither threads nor coroutines, and it is not thread-safe.
class Schedule {
 public:
  BATCHPROOF_EXPORT Schedule(OrderingKeys keys, std::size_t limit);

  /// The next record that may start, which from now on counts as running; nothing when none may before
  /// another finishes. Throws nothing.
  std::optional<std::size_t> start_next() noexcept;

  /// Reports that a running record has finished, its hook too.
  void finish(std::size_t record) noexcept;

  /// How many run.
  std::size_t running() const noexcept { return running_; }

 private:
  void open_next_segment() noexcept;
  void make_ready(std::size_t record) noexcept;

  OrderingKeys keys_;
  std::size_t limit_;
  std::vector<std::optional<std::size_t>> next_of_key_;  // within its segment
  std::vector<std::size_t> key_ends_;                    // by key: 1 + its last record of this segment
  std::vector<std::size_t> ready_;                       // a heap, lowest position first
  std::size_t segment_end_ = 0;  // later records wait until all before it have finished
  std::size_t unfinished_in_segment_ = 0;
  std::size_t running_ = 0;
};

}  // namespace batchproof::inline v0_1::detail
