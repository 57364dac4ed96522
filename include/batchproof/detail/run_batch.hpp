#pragma once

// What every processor does with a batch. Not part of the public interface.

#include <batchproof/detail/contain.hpp>
#include <batchproof/detail/deadline_guard.hpp>
#include <batchproof/detail/limits.hpp>
#include <batchproof/detail/order_guard.hpp>
#include <batchproof/detail/ordering_keys.hpp>
#include <batchproof/detail/run_on_threads.hpp>
#include <batchproof/event.hpp>
#include <batchproof/handler.hpp>
#include <batchproof/hooks.hpp>
#include <batchproof/kafka_record.hpp>
#include <batchproof/lambda_context.hpp>
#include <batchproof/processed_batch.hpp>
#include <batchproof/sqs_record.hpp>
#include <cstddef>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace batchproof::detail {

/// The result of a call that does not compile, so that no follow-up errors appear. Never defined.
template <class Record, class Result>
ProcessedBatch<Record, Result> refused();

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

/// One batch on its way: which records may be handled, and what became of each. The one door to the inside of
/// a `ProcessedBatch`. Its caller calls for each record `may_start` and, if that is true, the handler and
/// then `finish`, in an order that the ordering keys of the batch allow.
template <class Record, class Result, class Options>
class BatchRun {
 public:
  using Message = typename ProcessedBatch<Record, Result>::Message;

  /// The event, the options and the context must outlive the run.
  BatchRun(const Event<Record>& event, const Options& options, Ordering ordering,
           const LambdaContext& context, bool is_shared)
      : batch_(event, options.raise_on_entire_batch_failure),
        options_(options),
        ordering_(ordering),
        guard_(ordering),
        deadline_(context, options.reserve, options.clock),
        state_mutex_(is_shared),
        hook_mutex_(is_shared) {}

  /// For handlers that take a context.
  const LambdaContext& context_for_handlers() { return deadline_.context_for_handlers(); }

  std::size_t size() const noexcept { return batch_.messages_.size(); }

  const Record& record(std::size_t index) const noexcept { return batch_.messages_[index].record; }

  /// False when order or the deadline forbid to handle the record: it has then failed.
  [[gnu::always_inline]] bool may_start(std::size_t index) {
    Message& message = batch_.messages_[index];
    OrderGuard::Stop* stop = nullptr;
    const Failure* late = nullptr;
    {
      const std::lock_guard lock(state_mutex_);
      if (!guard_.open()) stop = guard_.stopped(group_of(message));
      if (stop == nullptr) late = deadline_.reached();
      if (stop == nullptr && late == nullptr) return true;
      if (stop != nullptr) late = note_stopped(message, *stop);
    }
    if (late != nullptr) fail(message, *late);
    return false;
  }

  /// Keeps what the handler returned.
  template <class Value>
  void keep(std::size_t index, Value&& value) {
    if constexpr (requires(Message & message) { message.result; })
      batch_.messages_[index].result.emplace(std::forward<Value>(value));
  }

  /// The handler returned without a failure: the hook may still fail the record. To be called where what it
  /// throws is contained.
  void call_success_hook(std::size_t index) {
    if (!options_.on_success) return;
    const std::lock_guard lock(hook_mutex_);
    options_.on_success(batch_.messages_[index].record);
  }

  [[gnu::always_inline]] void finish(std::size_t index, const std::optional<Failure>& failure) {
    Message& message = batch_.messages_[index];
    if (failure) {
      finish_failed(message, *failure);
    } else {
      message.status = Status::success;
    }
  }

  /// The batch, when every record has finished.
  ProcessedBatch<Record, Result> take() {
    describe_stopped();
    return std::move(batch_);
  }

  /// The batch's `to_json()` in place of the batch: no failures of messages are made that nobody will see.
  std::string take_response() {
    if (batch_.must_raise()) describe_stopped();
    return batch_.to_json();
  }

 private:
  std::string_view group_of(const Message& message) const {
    if constexpr (std::is_same_v<Record, SqsRecord>) {
      if (ordering_ == Ordering::message_group) return order_group(message.record);
    }
    if constexpr (std::is_same_v<Record, KafkaRecord>) return order_group(message.record);
    return {};
  }

  [[gnu::noinline]] void finish_failed(Message& message, const Failure& failure) {
    {
      const std::lock_guard lock(state_mutex_);
      guard_.note_failure(group_of(message), message.record.index(), message.record.item_identifier());
    }
    fail(message, failure);
  }

  /// Returns the failure when there is a hook for it; when there is none, it is made later, if at all.
  [[gnu::noinline]] const Failure* note_stopped(Message& message, OrderGuard::Stop& stop) {
    if (options_.on_failure) return &guard_.failure_of(stop);
    stopped_.push_back({&message, &stop});
    return nullptr;
  }

  void describe_stopped() {
    for (const auto& [message, stop] : stopped_) keep_failure(*message, guard_.failure_of(*stop));
  }

  [[gnu::noinline]] void fail(Message& message, const Failure& failure) {
    if (options_.on_failure) {
      const std::lock_guard lock(hook_mutex_);
      contain([&]() -> std::optional<Failure> {
        options_.on_failure(message.record, failure);
        return std::nullopt;
      });
    }
    if constexpr (requires { message.result; }) message.result.reset();
    keep_failure(message, failure);
  }

  static void keep_failure(Message& message, const Failure& failure) {
    message.cause = failure.cause;
    message.exception = failure.exception;
  }

  ProcessedBatch<Record, Result> batch_;
  const Options& options_;
  Ordering ordering_;
  OrderGuard guard_;
  std::vector<std::pair<Message*, OrderGuard::Stop*>> stopped_;  // whose failures are not made yet
  DeadlineGuard deadline_;
  OptionalMutex state_mutex_;
  OptionalMutex hook_mutex_;
};

/// How a run ends: with the batch, or with its response alone.
inline constexpr auto take_batch = [](auto& run) { return run.take(); };
inline constexpr auto take_response = [](auto& run) { return run.take_response(); };

/// Attempts each record that order and deadline allow, once: in batch order, or on several threads where the
/// options say so. `attempt(record, context, keep)` calls the user's code: it returns the failure that the
/// user's code reported, throws what it threw, and hands a result to `keep`. Returns what `end(run)` does.
template <class Result, class Record, class Options, class Attempt, class End>
auto run_batch(const Event<Record>& event, const Options& options, Ordering ordering,
               const LambdaContext& context, bool handlers_take_context, Attempt&& attempt, End&& end) {
  const std::size_t wanted = options.max_concurrency.value_or(1);
  const std::size_t limit = wanted < event.size() ? wanted : event.size();
  BatchRun<Record, Result, Options> run(event, options, ordering, context, limit > 1);
  const LambdaContext& for_handlers = handlers_take_context ? run.context_for_handlers() : context;
  const auto handle = [&](std::size_t index) {
    if (!run.may_start(index)) return;
    run.finish(index, contain([&]() -> std::optional<Failure> {
                 const auto keep = [&](auto&& value) {
                   run.keep(index, std::forward<decltype(value)>(value));
                 };
                 std::optional<Failure> reported = attempt(run.record(index), for_handlers, keep);
                 if (!reported) run.call_success_hook(index);
                 return reported;
               }));
  };
  if (limit > 1) {
    run_on_threads(ordering_keys_for(event, options, ordering), limit, handle);
  } else {
    for (std::size_t index = 0; index < event.size(); ++index) handle(index);
  }
  return end(run);
}

/// The same with a record handler.
template <class Result, class Record, class Options, class Handler, class End>
auto handle_batch(const Event<Record>& event, const Options& options, Ordering ordering,
                  const LambdaContext& context, Handler& handler, End&& end) {
  return run_batch<Result>(
      event, options, ordering, context, takes_context<Handler, Record>,
      [&](const Record& record, const LambdaContext& for_handlers, auto&& keep) {
        return handle(handler, record, for_handlers, keep);
      },
      end);
}

}  // namespace batchproof::detail
