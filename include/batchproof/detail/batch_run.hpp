#pragma once

// The state of one batch while it is processed. Not part of the public interface.
//
//     if (!run.may_start(index)) return;
//     std::optional<Failure> failure = attempt(index, for_handlers);
//     if (!failure) failure = run.call_success_hook(index);
//     run.finish(index, std::move(failure));

#include <batchproof/detail/deadline_guard.hpp>
#include <batchproof/detail/export.hpp>
#include <batchproof/detail/order_guard.hpp>
#include <batchproof/detail/run_batch.hpp>
#include <batchproof/event.hpp>
#include <batchproof/lambda_context.hpp>
#include <batchproof/processed_batch.hpp>
#include <batchproof/queue_actions.hpp>
#include <batchproof/status.hpp>
#include <boost/container/small_vector.hpp>
#include <cstddef>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace batchproof::inline v0_1::detail {

/// A mutex when there are several threads, and nothing when there is one.
class OptionalMutex {
 public:
  explicit OptionalMutex(bool is_shared) noexcept : is_shared_(is_shared) {}

  void lock() {
    if (is_shared_) mutex_.lock();
  }
  void unlock() {
    if (is_shared_) mutex_.unlock();
  }

 private:
  bool is_shared_;
  std::mutex mutex_;
};

/// Decides which records of a batch may be handled, and keeps the outcome of each. For each record its caller
/// calls `may_start`; if that returns true, the handler; if the handler did not fail, `call_success_hook`;
/// then `finish`. The order of the records must obey the ordering keys of the batch. Several threads may call
/// it when it `is_shared`.
template <class Record>
class BatchRun {
 public:
  /// The event, the processor's options and the context must outlive the run.
  BATCHPROOF_EXPORT BatchRun(const Event<Record>& event, const RunOptions<Record>& options,
                             const LambdaContext& context, bool is_shared);

  /// For handlers that take a context.
  const LambdaContext& context_for_handlers() { return deadline_.context_for_handlers(); }

  /// False when the order or the deadline forbids handling the record, which then counts as failed.
  [[gnu::always_inline]] bool may_start(std::size_t index) {
    OrderGuard::Stop* stop = nullptr;
    const Failure* failure = nullptr;
    {
      const std::lock_guard lock(state_mutex_);
      if (!guard_.open()) stop = guard_.stopped(group_of(index));
      if (stop == nullptr) failure = deadline_.reached();
      if (stop == nullptr && failure == nullptr) return true;
      if (stop != nullptr) failure = note_stopped(index, *stop);
    }
    if (failure != nullptr) fail(index, Failure(*failure));
    return false;
  }

  /// To be called when the handler returned without a failure. Returns the failure of the hook, if it had
  /// one.
  [[gnu::always_inline]] std::optional<Failure> call_success_hook(std::size_t index) {
    return options_.on_success ? contained_success_hook(index) : std::nullopt;
  }

  [[gnu::always_inline]] void finish(std::size_t index, std::optional<Failure>&& failure) {
    if (failure) {
      const bool is_settled = failure->request != nullptr && try_settle(index, *failure);
      finish_failed(index, std::move(*failure), is_settled);
    } else {
      statuses_[index] = Status::success;
    }
  }

  /// The two parts of `finish` for a failure. The first one, for a failure with a request, may call a
  /// service, on any thread; it returns true when the record is settled.
  BATCHPROOF_EXPORT bool try_settle(std::size_t index, Failure& failure) const;
  BATCHPROOF_EXPORT void finish_failed(std::size_t index, Failure&& failure, bool is_settled);

  /// Calls the service that changes when messages become visible, when all records have finished. `take` and
  /// `take_response` do it otherwise.
  BATCHPROOF_EXPORT void change_visibility();

  /// The outcome of each record, when all have finished.
  BATCHPROOF_EXPORT RecordOutcomes take();

  /// The response of the batch instead: returns and throws what the batch's `to_json()` does.
  std::string take_response();

 private:
  BATCHPROOF_EXPORT std::string_view group_of(std::size_t index) const noexcept;
  BATCHPROOF_EXPORT const Failure* note_stopped(std::size_t index, OrderGuard::Stop& stop);
  BATCHPROOF_EXPORT std::optional<Failure> contained_success_hook(std::size_t index);
  BATCHPROOF_EXPORT void fail(std::size_t index, Failure&& failure);
  void settle(std::size_t index, Failure&& failure);
  bool delays(std::size_t index, const Failure& failure);
  void make_delays();
  void end(std::size_t index, const OnFailure<Record>& hook, Failure&& failure);

  const Event<Record>& event_;
  RunOptions<Record> options_;
  /// Every record starts as failed, so that an interruption loses none. A small batch allocates nothing.
  boost::container::small_vector<Status, 16> statuses_;
  std::vector<RecordFailure> failures_;
  std::vector<std::pair<std::size_t, OrderGuard::Stop*>> stopped_;  // records whose failures are not made yet
  std::vector<RecordFailure> delayed_;     // failures of messages whose visibility is changed at the end
  std::vector<VisibilityChange> changes_;  // those changes, in the same order
  bool is_visibility_changed_ = false;
  OrderGuard guard_;
  DeadlineGuard deadline_;
  OptionalMutex state_mutex_;
  OptionalMutex hook_mutex_;
};

}  // namespace batchproof::inline v0_1::detail
