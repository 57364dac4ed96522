#include "virtual_time.hpp"

#include <algorithm>
#include <thread>

namespace batchproof::effects {

VirtualTime::VirtualTime(const std::vector<std::chrono::milliseconds>& starts)
    : due_(starts.begin(), starts.end()), now_(*std::min_element(starts.begin(), starts.end())) {
  let_earliest_run();
}

void VirtualTime::run(std::span<const std::function<void()>> functions) {
  std::vector<std::jthread> others;
  for (std::size_t number = 1; number < functions.size(); ++number)
    others.emplace_back([this, number, &functions] { run_one(number, functions[number]); });
  run_one(0, functions[0]);
}

void VirtualTime::run_one(std::size_t number, const std::function<void()>& function) {
  {
    std::unique_lock lock(mutex_);
    await_turn(number, lock);
  }
  function();
  const std::lock_guard lock(mutex_);
  due_[number].reset();
  let_earliest_run();
}

void VirtualTime::wait(std::size_t number, std::chrono::milliseconds duration) {
  std::unique_lock lock(mutex_);
  due_[number] = now_ + duration;
  let_earliest_run();
  await_turn(number, lock);
}

void VirtualTime::let_earliest_run() {
  std::optional<std::size_t> earliest;
  for (std::size_t number = 0; number < due_.size(); ++number) {
    if (due_[number] && (!earliest || *due_[number] < *due_[*earliest])) earliest = number;
  }
  running_ = earliest.value_or(due_.size());
  turn_changed_.notify_all();
}

void VirtualTime::await_turn(std::size_t number, std::unique_lock<std::mutex>& lock) {
  turn_changed_.wait(lock, [&] { return running_ == number; });
  now_ = std::max(now_, *due_[number]);
}

}  // namespace batchproof::effects
