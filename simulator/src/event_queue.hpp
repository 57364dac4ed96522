#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <queue>
#include <utility>
#include <vector>

namespace batchproof::simulator {

/// The events of a simulation by virtual time. Events of the same time keep the order in which they were
/// scheduled.
template <class Event>
class EventQueue {
 public:
  void schedule(std::chrono::milliseconds at, Event event) {
    entries_.push({at, scheduled_++, std::move(event)});
  }

  bool is_empty() const noexcept { return entries_.empty(); }

  /// The time of the first event. The queue must not be empty.
  std::chrono::milliseconds next_at() const noexcept { return entries_.top().at; }

  Event pop() {
    Event event = entries_.top().event;
    entries_.pop();
    return event;
  }

 private:
  struct Entry {
    std::chrono::milliseconds at;
    std::uint64_t number;
    Event event;
  };
  struct Later {
    bool operator()(const Entry& left, const Entry& right) const noexcept {
      return left.at != right.at ? left.at > right.at : left.number > right.number;
    }
  };

  std::priority_queue<Entry, std::vector<Entry>, Later> entries_;
  std::uint64_t scheduled_ = 0;
};

}  // namespace batchproof::simulator
