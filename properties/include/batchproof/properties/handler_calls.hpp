#pragma once

// Records the calls of a user's handler in any processor: plain, on threads, or of coroutines.

#include <batchproof/batch.hpp>
#include <batchproof/fixtures/record_probe.hpp>
#include <batchproof/properties/observation.hpp>
#include <cstddef>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace batchproof::properties {

/// The calls of one batch, in the order of their starts. Safe to use from the threads of a processor.
class HandlerCalls {
 public:
  /// A call that has not ended counts as failed.
  std::size_t begin(std::string_view item_identifier);
  void end(std::size_t call, const std::optional<Failure>& failure);

  std::vector<RecordProbe::Call> take() { return std::move(calls_); }

 private:
  std::mutex mutex_;
  std::vector<RecordProbe::Call> calls_;
};

/// The result of the user's check of a handler for a run: nothing, its text, or the text of its exception.
std::vector<std::string> complaints_of(const std::function<std::string(const Observation& run)>& check,
                                       const Observation& run);

/// The failure of the exception that is being handled.
Failure failure_at_hand();

template <class Result>
concept Awaitable = requires(Result result) {
  result.await_ready();
};

/// The same handler with its calls recorded. It refers to both arguments, which must outlive the result.
template <class Record, class Handler>
auto note_calls(Handler& handler, HandlerCalls& calls) {
  using Result = detail::HandlerResult<Handler, Record>;
  if constexpr (Awaitable<Result>) {
    return [&handler, &calls](const Record& record, const LambdaContext& context) -> Result {
      const std::size_t call = calls.begin(record.item_identifier());
      try {
        if constexpr (std::is_void_v<typename Result::value_type>) {
          co_await detail::invoke_handler(handler, record, context);
          calls.end(call, std::nullopt);
        } else {
          auto result = co_await detail::invoke_handler(handler, record, context);
          std::optional<Failure> failure;
          if constexpr (detail::Outcome<decltype(result)>) failure = detail::failure_in(result);
          calls.end(call, failure);
          co_return result;
        }
      } catch (...) {
        calls.end(call, failure_at_hand());
        throw;
      }
    };
  } else {
    return [&handler, &calls](const Record& record, const LambdaContext& context) -> Result {
      const std::size_t call = calls.begin(record.item_identifier());
      try {
        if constexpr (std::is_void_v<Result>) {
          detail::invoke_handler(handler, record, context);
          calls.end(call, std::nullopt);
        } else {
          Result result = detail::invoke_handler(handler, record, context);
          std::optional<Failure> failure;
          if constexpr (detail::Outcome<Result>) failure = detail::failure_in(result);
          calls.end(call, failure);
          return result;
        }
      } catch (...) {
        calls.end(call, failure_at_hand());
        throw;
      }
    };
  }
}

}  // namespace batchproof::properties
