#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <queue>
#include <utility>
#include <vector>

namespace batchproof::simulator {

/// What is to happen, by time; what is to happen at the same time keeps the order in which it was noted.
template <class Event>
class Agenda {
 public:
  void note(std::chrono::milliseconds at, Event event) { entries_.push({at, noted_++, std::move(event)}); }

  bool is_empty() const noexcept { return entries_.empty(); }

  /// Of the next event; only where there is one.
  std::chrono::milliseconds next_at() const noexcept { return entries_.top().at; }

  Event take() {
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
  std::uint64_t noted_ = 0;
};

}  // namespace batchproof::simulator
