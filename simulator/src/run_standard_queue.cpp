#include <utility>

#include "run_queue.hpp"

namespace batchproof::simulator {
namespace {

/// The visible messages of a standard queue, which keeps no order (Amazon SQS developer guide, "Amazon SQS
/// standard queues").
class VisibleInAnyOrder {
 public:
  void add(std::size_t number) { visible_.push_back(number); }
  void add_again(const std::vector<std::size_t>& numbers) {
    visible_.insert(visible_.end(), numbers.begin(), numbers.end());
  }
  void release(std::size_t) {}
  std::size_t available() const noexcept { return visible_.size(); }

  void receive(std::size_t most, Random& random, PayloadBudget budget, std::vector<std::size_t>& batch) {
    while (batch.size() < most && !visible_.empty()) {
      std::swap(visible_[random.below(visible_.size())], visible_.back());
      if (!budget.try_add(visible_.back())) return;
      batch.push_back(visible_.back());
      visible_.pop_back();
    }
  }

 private:
  std::vector<std::size_t> visible_;
};

}  // namespace

void run_standard_queue(Simulation& simulation) { QueueRun<VisibleInAnyOrder>(simulation, {}).run(); }

}  // namespace batchproof::simulator
