#include <batchproof/detail/order_guard.hpp>
#include <batchproof/errors.hpp>

namespace batchproof::detail {
namespace {

template <class Error>
Failure failure_by(const std::string& text) {
  return {text, std::make_exception_ptr(Error(text))};
}

}  // namespace

const Failure* OrderGuard::stopped(std::optional<std::string_view> group) {
  if (everything_stopped_) return &*everything_stopped_;
  if (!first_failure_) return nullptr;
  if (!group) {
    everything_stopped_ = first_failure_;
    return &*everything_stopped_;
  }
  const auto found = stopped_groups_.find(*group);
  return found == stopped_groups_.end() ? nullptr : &found->second;
}

void OrderGuard::note_failure(std::optional<std::string_view> group, std::size_t record_index,
                              std::string_view item_identifier) {
  if (ordering_ == Ordering::none) return;
  anything_failed_ = true;
  const std::string because = "not handled: record " + std::to_string(record_index) + " (" +
                              std::string(item_identifier) + ") failed before it";
  if (ordering_ == Ordering::stream) {
    everything_stopped_ = failure_by<StreamCircuitBreakerError>(because);
  } else if (ordering_ == Ordering::fifo) {
    everything_stopped_ = failure_by<SqsFifoCircuitBreakerError>(because);
  } else {
    const Failure failure = failure_by<SqsFifoMessageGroupCircuitBreakerError>(because);
    if (!first_failure_) first_failure_ = failure;
    if (group) {
      stopped_groups_.emplace(*group, failure);
    } else {
      everything_stopped_ = failure;
    }
  }
}

}  // namespace batchproof::detail
