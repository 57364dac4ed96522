#pragma once

// The schedule of handlers that take turns: which of them continues, and when each started and ended.
//
//   Turns turns(TurnOrder{.seed = 7});

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace batchproof::properties {

/// Chooses which of several waiting handlers continues.
struct TurnOrder {
  std::uint64_t seed = 0;  ///< chooses at random

  /// Repeats these choices, each the position of the chosen handler among those that wait, the longest wait
  /// first. After them the handler that waited longest continues.
  std::optional<std::vector<std::size_t>> choices{};
};

/// A handler started, or it ended.
struct HandlerStep {
  std::size_t call;  ///< position in `Observation::calls`
  bool ends;
};

/// The steps of a run under a schedule, up to the answer.
struct Timeline {
  std::vector<HandlerStep> steps{};    ///< in the order in which they happened
  std::vector<std::size_t> choices{};  ///< as in `TurnOrder`: those that were made
  bool is_stuck = false;               ///< the subject waited, and no handler ran
  bool leaves_work = false;            ///< when the answer came, a coroutine still waited

  /// The largest number of handlers that ran at once.
  std::size_t most_together() const noexcept;
};

}  // namespace batchproof::properties
