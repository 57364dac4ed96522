#include <batchproof/detail/order_guard.hpp>
#include <batchproof/errors.hpp>
#include <string>

namespace batchproof::inline v0_1::detail {
namespace {

std::string because_of(const OrderGuard::Stop& stop) {
  return "not handled: record " + std::to_string(stop.record_index) + " (" +
         std::string(stop.item_identifier) + ") failed before it";
}

template <class Error>
Failure failure_by(const OrderGuard::Stop& stop) {
  const Error error(because_of(stop));
  return {error.what(), std::make_exception_ptr(error)};
}

}  // namespace

OrderGuard::Stop* OrderGuard::find_stop(std::string_view group) {
  if (everything_stopped_) return &*everything_stopped_;
  if (!first_failure_) return nullptr;
  if (group.data() == nullptr) {
    stop_everything(*first_failure_);
    return &*everything_stopped_;
  }
  const auto found = stopped_groups_.find(group);
  last_group_ = group;
  last_stop_ = found && *found < stops_.size() ? stops_[*found].get() : nullptr;
  return last_stop_;
}

void OrderGuard::stop_everything(const Stop& stop) {
  everything_stopped_ = stop;
  last_group_ = {};
}

const Failure& OrderGuard::failure_of(Stop& stop) const {
  if (!stop.failure) {
    stop.failure = ordering_ == Ordering::fifo ? failure_by<SqsFifoCircuitBreakerError>(stop)
                   : ordering_ == Ordering::message_group
                       ? failure_by<SqsFifoMessageGroupCircuitBreakerError>(stop)
                       : failure_by<StreamCircuitBreakerError>(stop);
  }
  return *stop.failure;
}

void OrderGuard::note_failure(std::string_view group, std::size_t record_index,
                              std::string_view item_identifier) {
  if (ordering_ == Ordering::none) return;
  anything_failed_ = true;
  const Stop stop{record_index, item_identifier};
  if (!first_failure_ || record_index < first_failure_->record_index) first_failure_ = stop;
  if (has_groups() && group.data() != nullptr) {
    last_group_ = group;
    const std::size_t number = stopped_groups_.number(group);
    if (number >= stops_.size()) stops_.resize(number + 1);
    if (!stops_[number]) stops_[number] = std::make_unique<Stop>(stop);
    last_stop_ = stops_[number].get();
  } else {
    stop_everything(stop);
  }
}

}  // namespace batchproof::inline v0_1::detail
