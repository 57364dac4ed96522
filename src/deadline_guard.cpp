#include <batchproof/detail/deadline_guard.hpp>
#include <batchproof/detail/stop_watch.hpp>
#include <batchproof/errors.hpp>
#include <exception>
#include <memory>
#include <string>

namespace batchproof::inline v0_1::detail {
namespace {

std::string milliseconds(std::chrono::milliseconds time) { return std::to_string(time.count()) + " ms"; }

Failure too_late(std::chrono::milliseconds left, std::chrono::milliseconds reserve, bool is_long_reserve) {
  const DeadlineReachedError error(
      "not handled: " + milliseconds(left) + " were left until the deadline, but the reserve is " +
      milliseconds(reserve) +
      (is_long_reserve ? "; not even the first record could start: give the function a "
                         "longer timeout, or the processor a shorter reserve"
                       : ""));
  return {error.what(), std::make_exception_ptr(error)};
}

}  // namespace

const LambdaContext& DeadlineGuard::context_for_handlers() {
  if (!context_.deadline) return context_;
  if (!watched_) {
    watched_ = context_;
    watched_->stop_watch = std::make_shared<StopWatch>(*context_.deadline, reserve_, clock_);
  }
  return *watched_;
}

std::optional<std::chrono::milliseconds> DeadlineGuard::time_of_a_call() const {
  if (!context_.deadline) return std::nullopt;
  return *context_.remaining_time(now(clock_)) / 2;
}

const Failure* DeadlineGuard::look() {
  if (!reached_) {
    const auto left = *context_.remaining_time(now(clock_));
    if (left >= reserve_ && left.count() > 0) {
      had_time_ = true;
      return nullptr;
    }
    reached_ = too_late(left, reserve_, !had_time_ && left.count() > 0);
    if (watched_) watched_->stop_watch->request_stop();
  }
  return &*reached_;
}

}  // namespace batchproof::inline v0_1::detail
