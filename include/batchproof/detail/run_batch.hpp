#pragma once

// The loop over a batch that every processor shares. Not part of the public interface.

#include <batchproof/detail/contain.hpp>
#include <batchproof/detail/order_guard.hpp>
#include <batchproof/event.hpp>
#include <batchproof/hooks.hpp>
#include <batchproof/processed_batch.hpp>
#include <batchproof/sqs_record.hpp>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

namespace batchproof::detail {

/// What a call that does not compile returns, so that the one error about it has no others in its train.
/// Never defined.
template <class Record, class Result>
ProcessedBatch<Record, Result> refused();

/// The one door to the inside of a `ProcessedBatch`.
struct BatchAccess {
  /// Attempts each record that order allows, in batch order, once. `attempt(record, keep)` calls the user's
  /// code: it returns the failure that the user's code told, throws what it threw, and hands a result to
  /// `keep`.
  template <class Result, class Record, class Options, class Attempt>
  static ProcessedBatch<Record, Result> run(const Event<Record>& event, const Options& options,
                                            Ordering ordering, Attempt&& attempt) {
    ProcessedBatch<Record, Result> batch(event, options.raise_on_entire_batch_failure);
    OrderGuard guard(ordering);
    for (auto& message : batch.messages_) {
      std::optional<std::string_view> group;
      if constexpr (std::is_same_v<Record, SqsRecord>) {
        if (ordering == Ordering::message_group) group = order_group(message.record);
      }
      if (!guard.open()) {
        if (const Failure* const stopped = guard.stopped(group)) {
          fail(message, *stopped, options.on_failure);
          continue;
        }
      }
      std::optional<Failure> failure = contain([&]() -> std::optional<Failure> {
        const auto keep = [&](auto&& value) {
          if constexpr (requires { message.result; })
            message.result.emplace(std::forward<decltype(value)>(value));
        };
        std::optional<Failure> told = attempt(message.record, keep);
        if (!told && options.on_success) options.on_success(message.record);
        return told;
      });
      if (!failure) {
        message.status = Status::success;
        continue;
      }
      guard.note_failure(group, message.record.index(), message.record.item_identifier());
      fail(message, *failure, options.on_failure);
    }
    return batch;
  }

 private:
  template <class Message, class Record>
  static void fail(Message& message, const Failure& failure, const OnFailure<Record>& on_failure) {
    if (on_failure) {
      contain([&]() -> std::optional<Failure> {
        on_failure(message.record, failure);
        return std::nullopt;
      });
    }
    if constexpr (requires { message.result; }) message.result.reset();
    message.cause = failure.cause;
    message.exception = failure.exception;
  }
};

}  // namespace batchproof::detail
