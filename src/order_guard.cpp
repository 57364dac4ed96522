#include <batchproof/detail/order_guard.hpp>
#include <batchproof/errors.hpp>
#include <utility>

namespace batchproof::detail {
namespace {

std::string because_of(std::size_t record_index, std::string_view item_identifier) {
  constexpr std::size_t words_bytes = 64;
  std::string because;
  because.reserve(words_bytes + item_identifier.size());
  because += "not handled: record ";
  because += std::to_string(record_index);
  because += " (";
  because += item_identifier;
  because += ") failed before it";
  return because;
}

template <class Error>
Failure failure_by(std::string text) {
  const Error error(text);
  return {std::move(text), std::make_exception_ptr(error)};
}

/// Views of one text are equal without a look at it.
bool same_group(std::string_view left, std::string_view right) noexcept {
  return left.size() == right.size() && (left.data() == right.data() || left == right);
}

}  // namespace

const Failure* OrderGuard::stopped(std::optional<std::string_view> group) {
  if (everything_stopped_) return &*everything_stopped_;
  if (!first_failure_) return nullptr;
  if (!group) {
    everything_stopped_ = first_failure_;
    return &*everything_stopped_;
  }
  if (!asked_group_ ||
      !same_group(*group, *asked_group_)) {  // a queue sends messages of one group in a row, where it can
    const auto found = stopped_groups_.find(*group);
    asked_group_ = group;
    asked_answer_ = found == stopped_groups_.end() ? nullptr : &found->second;
  }
  return asked_answer_;
}

void OrderGuard::note_failure(std::optional<std::string_view> group, std::size_t record_index,
                              std::string_view item_identifier) {
  if (ordering_ == Ordering::none) return;
  anything_failed_ = true;
  asked_group_.reset();
  std::string because = because_of(record_index, item_identifier);
  if (ordering_ == Ordering::stream) {
    everything_stopped_ = failure_by<StreamCircuitBreakerError>(std::move(because));
  } else if (ordering_ == Ordering::fifo) {
    everything_stopped_ = failure_by<SqsFifoCircuitBreakerError>(std::move(because));
  } else {
    Failure failure = failure_by<SqsFifoMessageGroupCircuitBreakerError>(std::move(because));
    if (!first_failure_ || record_index < first_failed_record_) {
      first_failure_ = failure;
      first_failed_record_ = record_index;
    }
    if (group) {
      stopped_groups_.emplace(*group, std::move(failure));
    } else {
      everything_stopped_ = std::move(failure);
    }
  }
}

}  // namespace batchproof::detail
