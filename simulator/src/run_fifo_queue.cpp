#include <deque>
#include <utility>

#include "run_queue.hpp"

namespace batchproof::simulator {
namespace {

/// The visible messages of a FIFO queue by message group. A group with a message in flight is locked: none of
/// its messages is received until that message is deleted or visible again (Amazon SQS developer guide, "FIFO
/// queue delivery logic").
class VisibleByGroup {
 public:
  VisibleByGroup(const std::vector<Message>& messages, std::size_t count)
      : messages_(messages), groups_(count) {}

  void add(std::size_t number) {
    const std::size_t group = messages_[number].group;
    groups_[group].waiting.push_back(number);
    if (groups_[group].is_ready) {
      available_ += 1;
    } else if (groups_[group].in_flight == 0) {
      add_ready(group);
    }
  }

  /// Adds messages in the order of the batch, before later messages of their groups.
  void add_again(const std::vector<std::size_t>& numbers) {
    for (auto number = numbers.rbegin(); number != numbers.rend(); ++number)
      groups_[messages_[*number].group].waiting.push_front(*number);
    for (const std::size_t number : numbers) release(number);
  }

  void release(std::size_t number) {
    const std::size_t group = messages_[number].group;
    groups_[group].in_flight -= 1;
    if (groups_[group].in_flight == 0 && !groups_[group].waiting.empty()) add_ready(group);
  }

  std::size_t available() const noexcept { return available_; }

  /// Receives messages of several groups, in the order of each group.
  void receive(std::size_t most, Random& random, PayloadBudget budget, std::vector<std::size_t>& batch) {
    std::vector<std::size_t> locked;
    while (batch.size() < most && !ready_.empty()) {
      const std::size_t place = random.below(ready_.size());
      Group& group = groups_[ready_[place]];
      if (!budget.try_add(group.waiting.front())) break;
      if (group.in_flight == 0) locked.push_back(ready_[place]);
      batch.push_back(group.waiting.front());
      group.waiting.pop_front();
      available_ -= 1;
      group.in_flight += 1;
      if (group.waiting.empty()) remove_ready(place);
    }
    for (const std::size_t group : locked) {
      if (!groups_[group].waiting.empty()) remove_ready(groups_[group].place_in_ready);
    }
  }

 private:
  struct Group {
    std::deque<std::size_t> waiting{};
    std::size_t in_flight = 0;
    std::size_t place_in_ready = 0;
    bool is_ready = false;
  };

  void add_ready(std::size_t group) {
    if (groups_[group].is_ready) return;
    groups_[group].is_ready = true;
    groups_[group].place_in_ready = ready_.size();
    ready_.push_back(group);
    available_ += groups_[group].waiting.size();
  }

  void remove_ready(std::size_t place) {
    groups_[ready_[place]].is_ready = false;
    available_ -= groups_[ready_[place]].waiting.size();
    std::swap(ready_[place], ready_.back());
    groups_[ready_[place]].place_in_ready = place;
    ready_.pop_back();
  }

  const std::vector<Message>& messages_;
  std::vector<Group> groups_;
  std::vector<std::size_t> ready_{};  // groups that are not locked and have waiting messages
  std::size_t available_ = 0;         // messages of those groups
};

}  // namespace

void run_fifo_queue(Simulation& simulation) {
  QueueRun<VisibleByGroup>(simulation, VisibleByGroup(simulation.finished.messages, simulation.world.groups))
      .run();
}

}  // namespace batchproof::simulator
