#include <utility>

#include "run_queue.hpp"

namespace batchproof::simulator {
namespace {

/// The visible messages of a standard queue, which keeps no order (Amazon SQS developer guide, "Amazon SQS
/// standard queues").
class Heap {
 public:
  void put(std::size_t number) { visible_.push_back(number); }
  void put_back(const std::vector<std::size_t>& numbers) {
    visible_.insert(visible_.end(), numbers.begin(), numbers.end());
  }
  void let_go(std::size_t) {}
  std::size_t available() const noexcept { return visible_.size(); }

  void take(std::size_t most, Random& random, PayloadRoom room, std::vector<std::size_t>& batch) {
    while (batch.size() < most && !visible_.empty()) {
      std::swap(visible_[random.below(visible_.size())], visible_.back());
      if (!room.take(visible_.back())) return;
      batch.push_back(visible_.back());
      visible_.pop_back();
    }
  }

 private:
  std::vector<std::size_t> visible_;
};

}  // namespace

void run_standard_queue(Simulation& simulation) { QueueRun<Heap>(simulation, {}).run(); }

}  // namespace batchproof::simulator
