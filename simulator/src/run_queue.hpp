#pragma once

// Simulates an SQS queue, standard or FIFO. Messages that are received become invisible, and become visible
// again unless they are deleted (Amazon SQS developer guide, "Amazon SQS visibility timeout"). The two kinds
// of queues differ only in the order of their visible messages:
//
//     QueueRun<VisibleInAnyOrder>(simulation, {}).run();

#include <algorithm>
#include <batchproof/fixtures/source.hpp>
#include <cstddef>
#include <map>
#include <vector>

#include "invocation.hpp"
#include "payload_budget.hpp"
#include "record_overtakings.hpp"
#include "record_unneeded_redelivery.hpp"
#include "simulation.hpp"

namespace batchproof::simulator {

/// One run of a queue. `VisibleMessages` holds the messages that may be received, by number:
///
///     void add(std::size_t number);                         a message that was sent
///     void add_again(const std::vector<std::size_t>&);      messages of one batch that become visible again
///     void release(std::size_t number);                     a message of a batch that left the queue
///     std::size_t available() const;                        how many may be received now
///     void receive(std::size_t most, Random&, PayloadBudget, std::vector<std::size_t>& batch);
template <class VisibleMessages>
class QueueRun {
 public:
  QueueRun(Simulation& simulation, VisibleMessages visible)
      : simulation_(simulation), visible_(std::move(visible)) {}

  void run() {
    while (!simulation_.is_over()) {
      accept_sent_messages();
      invoke_ready_batches();
      if (!advance_clock()) break;
      while (!events_.empty() && events_.begin()->first <= simulation_.now)
        dispatch(events_.extract(events_.begin()).mapped());
    }
  }

 private:
  using Milliseconds = std::chrono::milliseconds;
  enum class Kind { invocation_ends, timeout_ends, sent_again };
  struct Event {
    Kind kind;
    std::size_t number;  ///< of the slot; for `sent_again`, of the message
  };

  /// An invocation, and afterwards its messages that wait for the end of their visibility timeout.
  struct Slot {
    Invocation invocation;
    std::vector<std::size_t> invisible{};
  };

  void accept_sent_messages() {
    auto& messages = simulation_.finished.messages;
    for (; sent_ < messages.size() && messages[sent_].sent_at <= simulation_.now; ++sent_) {
      if (simulation_.is_traced())
        simulation_.trace_line("sent", sent_).number("group", messages[sent_].group);
      visible_.add(sent_);
      waiting_bytes_ += PayloadBudget::size_of(simulation_, sent_);
      if (const auto again_at = messages[sent_].sent_again_at)
        events_.emplace(*again_at, Event{Kind::sent_again, sent_});
    }
    if (visible_.available() == 0) {
      waits_since_.reset();
    } else if (!waits_since_) {
      waits_since_ = simulation_.now;
    }
  }

  bool is_batch_ready() const {
    const std::size_t available = visible_.available();
    if (available == 0 || running_ >= simulation_.world.queue.concurrency) return false;
    return available >= *simulation_.world.batch_size || waiting_bytes_ > simulation_.world.payload_limit ||
           simulation_.now >= *waits_since_ + *simulation_.world.batch_window;
  }

  void invoke_ready_batches() {
    while (is_batch_ready() && !simulation_.is_over()) {
      const std::size_t slot = free_slot();
      Invocation& invocation = slots_[slot].invocation;
      invocation.messages.clear();
      visible_.receive(*simulation_.world.batch_size, simulation_.random, PayloadBudget(simulation_),
                       invocation.messages);
      for (const std::size_t number : invocation.messages)
        waiting_bytes_ -= PayloadBudget::size_of(simulation_, number);
      waits_since_ = simulation_.now;
      drop_expired(invocation.messages);
      if (invocation.messages.empty()) {
        free_slots_.push_back(slot);
        continue;
      }
      running_ += 1;
      invoke(simulation_, invocation);
      events_.emplace(invocation.ends_at, Event{Kind::invocation_ends, slot});
    }
  }

  /// Sets the clock to the next time at which something is due; false when nothing is.
  bool advance_clock() {
    std::optional<Milliseconds> next;
    const auto consider = [&next](Milliseconds at) { next = next ? std::min(*next, at) : at; };
    if (!events_.empty()) consider(events_.begin()->first);
    if (sent_ < simulation_.finished.messages.size()) consider(simulation_.finished.messages[sent_].sent_at);
    if (visible_.available() > 0 && running_ < simulation_.world.queue.concurrency)
      consider(*waits_since_ + *simulation_.world.batch_window);
    if (next) simulation_.now = std::max(simulation_.now, *next);
    return next.has_value();
  }

  void dispatch(Event event) {
    switch (event.kind) {
      case Kind::invocation_ends:
        running_ -= 1;
        settle(slots_[event.number], event.number);
        return;
      case Kind::timeout_ends:
        become_visible(slots_[event.number].invisible);
        free_slots_.push_back(event.number);
        return;
      case Kind::sent_again:
        // The queue knows the MessageDeduplicationId even after the first message was deleted.
        if (simulation_.is_traced()) simulation_.trace_line("deduplicated", event.number);
        return;
    }
  }

  /// Deletes the messages that the service regards as processed. The others stay invisible until their
  /// visibility timeout ends.
  void settle(Slot& slot, std::size_t index) {
    const Invocation& invocation = slot.invocation;
    const Milliseconds visible_at =
        std::max(invocation.began_at + simulation_.world.queue.visibility_timeout, simulation_.now);
    slot.invisible.clear();
    report_deliveries(simulation_, invocation, visible_at);
    record_unneeded_redelivery_of_listed(simulation_, invocation);
    record_overtakings(simulation_, invocation);
    for (std::size_t place = 0; place < invocation.messages.size(); ++place) {
      const std::size_t number = invocation.messages[place];
      if (invocation.returns(place)) {
        slot.invisible.push_back(number);
      } else {
        remove(number, slot);
      }
    }
    if (slot.invisible.empty()) return free_slots_.push_back(index);
    events_.emplace(visible_at, Event{Kind::timeout_ends, index});
  }

  /// A standard queue keeps copies on several servers. One that was unavailable during the deletion may
  /// deliver its copy again (Amazon SQS developer guide, "Amazon SQS at-least-once delivery").
  void remove(std::size_t number, Slot& slot) {
    const bool has_copies = fixtures::is_standard_queue(simulation_.world.source);
    simulation_.end(number, Disposition::done);
    if (has_copies && simulation_.draws_fault(simulation_.world.faults.duplicate_rate)) {
      if (simulation_.is_traced()) simulation_.trace_line("duplicated", number);
      slot.invisible.push_back(number);
    } else {
      visible_.release(number);
    }
  }

  void become_visible(std::vector<std::size_t>& numbers) {
    const auto most = simulation_.world.queue.max_receive_count;
    std::erase_if(numbers, [&](std::size_t number) {
      const bool is_out_of_tries = most && simulation_.message(number).deliveries >= *most;
      if (!is_out_of_tries) return false;
      simulation_.end(number, Disposition::dead_lettered, "maxReceiveCount");
      visible_.release(number);
      return true;
    });
    drop_expired(numbers);
    if (simulation_.is_traced()) {
      for (const std::size_t number : numbers) simulation_.trace_line("visible_again", number);
    }
    visible_.add_again(numbers);
    for (const std::size_t number : numbers) waiting_bytes_ += PayloadBudget::size_of(simulation_, number);
  }

  void drop_expired(std::vector<std::size_t>& numbers) {
    std::erase_if(numbers, [&](std::size_t number) {
      const bool is_expired =
          simulation_.now - simulation_.message(number).sent_at >= simulation_.world.queue.retention;
      if (!is_expired) return false;
      simulation_.end(number, Disposition::expired);
      visible_.release(number);
      return true;
    });
  }

  std::size_t free_slot() {
    if (free_slots_.empty()) {
      slots_.emplace_back();
      return slots_.size() - 1;
    }
    const std::size_t slot = free_slots_.back();
    free_slots_.pop_back();
    return slot;
  }

  Simulation& simulation_;
  VisibleMessages visible_;
  std::multimap<Milliseconds, Event> events_{};  // those of one time in the order in which they were added
  std::vector<Slot> slots_{};
  std::vector<std::size_t> free_slots_{};
  std::size_t running_ = 0;
  std::size_t sent_ = 0;
  std::size_t waiting_bytes_ = 0;  // of the visible messages
  std::optional<Milliseconds> waits_since_{};
};

}  // namespace batchproof::simulator
