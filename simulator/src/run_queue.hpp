#pragma once

// What a standard queue and a FIFO queue have in common: messages that are received become invisible, and
// come back unless they are deleted (Amazon SQS developer guide, "Amazon SQS visibility timeout").

#include <algorithm>
#include <cstddef>
#include <vector>

#include "agenda.hpp"
#include "invocation.hpp"
#include "note_needless.hpp"
#include "payload_room.hpp"
#include "simulation.hpp"

namespace batchproof::simulator {

/// Runs a queue whose visible messages stand on a `Shelf`:
///
///     void put(std::size_t number);                      a message that is sent
///     void put_back(const std::vector<std::size_t>&);    those of one batch that become visible again
///     void let_go(std::size_t number);                   a message of a batch that does not come back
///     std::size_t available() const;                     how many may be received now
///     void take(std::size_t most, Random&, PayloadRoom, std::vector<std::size_t>& batch);
template <class Shelf>
class QueueRun {
 public:
  QueueRun(Simulation& simulation, Shelf shelf) : simulation_(simulation), shelf_(std::move(shelf)) {}

  void run() {
    while (!simulation_.is_over()) {
      receive_what_was_sent();
      invoke_what_is_ready();
      if (!go_on()) break;
      while (!agenda_.is_empty() && agenda_.next_at() <= simulation_.now) happen(agenda_.take());
    }
  }

 private:
  using Milliseconds = std::chrono::milliseconds;
  enum class Kind { ends, returns, sent_again };
  struct Event {
    Kind kind;
    std::size_t number;  ///< of the slot; of the message that is sent again
  };

  /// An invocation, and then its messages until they are visible again.
  struct Slot {
    Invocation invocation;
    std::vector<std::size_t> returning{};
  };

  void receive_what_was_sent() {
    auto& messages = simulation_.finished.messages;
    for (; sent_ < messages.size() && messages[sent_].sent_at <= simulation_.now; ++sent_) {
      if (simulation_.is_traced()) simulation_.tell("sent", sent_).number("group", messages[sent_].group);
      shelf_.put(sent_);
      waiting_bytes_ += PayloadRoom::size_of(simulation_, sent_);
      if (const auto again_at = messages[sent_].sent_again_at)
        agenda_.note(*again_at, {Kind::sent_again, sent_});
    }
    if (shelf_.available() == 0) {
      waits_since_.reset();
    } else if (!waits_since_) {
      waits_since_ = simulation_.now;
    }
  }

  bool is_batch_ready() const {
    const std::size_t available = shelf_.available();
    if (available == 0 || running_ >= simulation_.world.queue.concurrency) return false;
    return available >= simulation_.world.batch_size || waiting_bytes_ > simulation_.world.payload_limit ||
           simulation_.now >= *waits_since_ + simulation_.world.batch_window;
  }

  void invoke_what_is_ready() {
    while (is_batch_ready() && !simulation_.is_over()) {
      const std::size_t slot = free_slot();
      Invocation& invocation = slots_[slot].invocation;
      invocation.messages.clear();
      shelf_.take(simulation_.world.batch_size, simulation_.random, PayloadRoom(simulation_),
                  invocation.messages);
      for (const std::size_t number : invocation.messages)
        waiting_bytes_ -= PayloadRoom::size_of(simulation_, number);
      waits_since_ = simulation_.now;
      drop_expired(invocation.messages);
      if (invocation.messages.empty()) {
        free_slots_.push_back(slot);
        continue;
      }
      running_ += 1;
      invoke(simulation_, invocation);
      agenda_.note(invocation.ends_at, {Kind::ends, slot});
    }
  }

  /// To the next time at which something happens; false when nothing will.
  bool go_on() {
    std::optional<Milliseconds> next;
    const auto consider = [&next](Milliseconds at) { next = next ? std::min(*next, at) : at; };
    if (!agenda_.is_empty()) consider(agenda_.next_at());
    if (sent_ < simulation_.finished.messages.size()) consider(simulation_.finished.messages[sent_].sent_at);
    if (shelf_.available() > 0 && running_ < simulation_.world.queue.concurrency)
      consider(*waits_since_ + simulation_.world.batch_window);
    if (next) simulation_.now = std::max(simulation_.now, *next);
    return next.has_value();
  }

  void happen(Event event) {
    switch (event.kind) {
      case Kind::ends:
        running_ -= 1;
        settle(slots_[event.number], event.number);
        return;
      case Kind::returns:
        become_visible(slots_[event.number]);
        free_slots_.push_back(event.number);
        return;
      case Kind::sent_again:
        // The queue knows its MessageDeduplicationId, whatever became of the message.
        if (simulation_.is_traced()) simulation_.tell("deduplicated", event.number);
        return;
    }
  }

  /// Deletes what the service takes for done; the rest waits for the end of its visibility timeout.
  void settle(Slot& slot, std::size_t index) {
    const Invocation& invocation = slot.invocation;
    const Milliseconds visible_at =
        std::max(invocation.began_at + simulation_.world.queue.visibility_timeout, simulation_.now);
    slot.returning.clear();
    tell_deliveries(simulation_, invocation, visible_at);
    note_needless_on_queue(simulation_, invocation);
    for (std::size_t place = 0; place < invocation.messages.size(); ++place) {
      const std::size_t number = invocation.messages[place];
      if (invocation.returns(place)) {
        slot.returning.push_back(number);
      } else {
        remove(number, slot);
      }
    }
    if (slot.returning.empty()) return free_slots_.push_back(index);
    agenda_.note(visible_at, {Kind::returns, index});
  }

  /// A standard queue deletes at least once: a server that was not there may deliver its copy again (Amazon
  /// SQS developer guide, "Amazon SQS at-least-once delivery").
  void remove(std::size_t number, Slot& slot) {
    Message& message = simulation_.message(number);
    const bool has_copies = simulation_.world.source == fixtures::Source::sqs;
    simulation_.end(number, Fate::done);
    if (has_copies && simulation_.goes_wrong(simulation_.world.faults.duplicate_rate)) {
      message.duplicates += 1;
      if (simulation_.is_traced()) simulation_.tell("duplicated", number);
      slot.returning.push_back(number);
    } else {
      shelf_.let_go(number);
    }
  }

  void become_visible(Slot& slot) {
    const auto most = simulation_.world.queue.max_receive_count;
    std::erase_if(slot.returning, [&](std::size_t number) {
      const bool is_out_of_tries = most && simulation_.message(number).deliveries >= *most;
      if (!is_out_of_tries) return false;
      simulation_.end(number, Fate::dead_lettered, "maxReceiveCount");
      shelf_.let_go(number);
      return true;
    });
    drop_expired(slot.returning);
    if (simulation_.is_traced()) {
      for (const std::size_t number : slot.returning) simulation_.tell("visible_again", number);
    }
    shelf_.put_back(slot.returning);
    for (const std::size_t number : slot.returning)
      waiting_bytes_ += PayloadRoom::size_of(simulation_, number);
  }

  void drop_expired(std::vector<std::size_t>& numbers) {
    std::erase_if(numbers, [&](std::size_t number) {
      const bool is_expired =
          simulation_.now - simulation_.message(number).sent_at >= simulation_.world.queue.retention;
      if (!is_expired) return false;
      simulation_.end(number, Fate::expired);
      shelf_.let_go(number);
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
  Shelf shelf_;
  Agenda<Event> agenda_{};
  std::vector<Slot> slots_{};
  std::vector<std::size_t> free_slots_{};
  std::size_t running_ = 0;
  std::size_t sent_ = 0;
  std::size_t waiting_bytes_ = 0;  // of what is on the shelf
  std::optional<Milliseconds> waits_since_{};
};

}  // namespace batchproof::simulator
