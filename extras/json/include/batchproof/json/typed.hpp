#pragma once

// Handlers that take payloads instead of records, with a policy for payloads that do not fit:
//
//   auto handler = bp::typed<Order>([](const Order& order) { ship(order); });

#include <batchproof/json/payload_of.hpp>
#include <batchproof/lambda_context.hpp>
#include <coroutine>
#include <functional>
#include <optional>
#include <type_traits>
#include <utility>

namespace batchproof::inline v0_1 {

/// A record whose payload does not fit fails, and is delivered again.
struct FailPayloadErrors {};

/// The record succeeds without being handled: a queue's message is deleted, a stream continues after it.
struct IgnorePayloadErrors {};

inline constexpr FailPayloadErrors fail_payload_errors{};
inline constexpr IgnorePayloadErrors ignore_payload_errors{};

namespace detail {

/// Calls a handler with `first`, then the record, then the context, the last two if the handler takes them.
template <class Handler, class First, class Record>
decltype(auto) call_longest(Handler& handler, const First& first, const Record& record,
                            const LambdaContext& context) {
  if constexpr (std::is_invocable_v<Handler&, const First&, const Record&, const LambdaContext&>) {
    return std::invoke(handler, first, record, context);
  } else if constexpr (std::is_invocable_v<Handler&, const First&, const Record&>) {
    return std::invoke(handler, first, record);
  } else if constexpr (std::is_invocable_v<Handler&, const First&, const LambdaContext&>) {
    return std::invoke(handler, first, context);
  } else {
    return std::invoke(handler, first);
  }
}

template <class Handler, class First, class Record>
inline constexpr bool takes_first =
    std::is_invocable_v<Handler&, const First&, const Record&, const LambdaContext&> ||
    std::is_invocable_v<Handler&, const First&, const Record&> ||
    std::is_invocable_v<Handler&, const First&, const LambdaContext&> ||
    std::is_invocable_v<Handler&, const First&>;

template <class Result>
concept Coroutine = requires {
  typename std::coroutine_traits<Result>::promise_type;
};

/// Keeps `first` alive while a coroutine runs, which holds it by reference long after the call has returned.
template <class Result, class Call, class First>
Result hold_and_call(Call call, const First first) {
  co_return co_await call(first);
}

template <class Call, class First>
auto call_with(Call&& call, First&& first) {
  using Result = std::invoke_result_t<Call&, const std::remove_cvref_t<First>&>;
  if constexpr (Coroutine<Result>) {
    return hold_and_call<Result>(std::forward<Call>(call), std::forward<First>(first));
  } else {
    return call(first);
  }
}

/// The coroutine that ignores a payload.
template <Coroutine Result>
Result do_nothing() {
  co_return;
}

}  // namespace detail

/// A record handler that reads the payload before it calls the user's; made by `typed`.
template <class Payload, class Handler, class OnPayloadError = FailPayloadErrors>
class TypedHandler {
 public:
  TypedHandler(Handler handler, OnPayloadError on_payload_error)
      : handler_(std::move(handler)), on_payload_error_(std::move(on_payload_error)) {}

  template <class Record>
  auto operator()(const Record& record, const LambdaContext& context) {
    return call(*this, record, context);
  }

  template <class Record>
  auto operator()(const Record& record, const LambdaContext& context) const {
    return call(*this, record, context);
  }

 private:
  template <class Self, class Record>
  static auto call(Self& self, const Record& record, const LambdaContext& context) {
    constexpr bool has_payload = requires { detail::payload_of<Payload>(record); };
    static_assert(has_payload,
                  "batchproof: this record has no payload that typed could read; take the record itself");
    if constexpr (has_payload) {
      using Given = decltype(detail::payload_of<Payload>(record));
      constexpr bool fits = detail::takes_first<decltype((self.handler_)), Given, Record>;
      static_assert(fits,
                    "batchproof: a typed handler takes (const Payload&), then the record, then the const "
                    "LambdaContext&, the "
                    "last two if it likes; for DynamoDB the payload is a bp::Change<Payload>");
      if constexpr (fits) return call_typed<Given>(self, record, context);
    }
  }

  template <class Given, class Self, class Record>
  static auto call_typed(Self& self, const Record& record, const LambdaContext& context) {
    const auto call_handler = [&](const Given& payload) {
      return detail::call_longest(self.handler_, payload, record, context);
    };
    if constexpr (std::is_same_v<OnPayloadError, FailPayloadErrors>) {
      return detail::call_with(call_handler, detail::payload_of<Payload>(record));
    } else {
      using Result = std::invoke_result_t<decltype(call_handler), const Given&>;
      std::optional<Given> payload;
      try {
        payload.emplace(detail::payload_of<Payload>(record));
      } catch (const PayloadError& error) {
        return on_error<Result>(self, error, record, context);
      }
      return detail::call_with(call_handler, *std::move(payload));
    }
  }

  template <class Result, class Self, class Record>
  static Result on_error(Self& self, const PayloadError& error, const Record& record,
                         const LambdaContext& context) {
    if constexpr (!std::is_same_v<OnPayloadError, IgnorePayloadErrors>) {
      static_assert(
          detail::takes_first<decltype((self.on_payload_error_)), PayloadError, Record>,
          "batchproof: a handler of payloads that do not fit takes (const bp::PayloadError&), then the "
          "record, then the const LambdaContext&, the last two if it likes");
      const auto call_user = [&](const PayloadError& given) -> Result {
        return detail::call_longest(self.on_payload_error_, given, record, context);
      };
      return detail::call_with(call_user, error);
    } else if constexpr (detail::Coroutine<Result>) {
      return detail::do_nothing<Result>();
    } else {
      static_assert(std::is_void_v<Result>,
                    "batchproof: a typed handler that returns something cannot ignore payloads: give typed a "
                    "function in place of ignore_payload_errors, which returns what stands for them");
    }
  }

  Handler handler_;
  [[no_unique_address]] OnPayloadError on_payload_error_;
};

/// Makes a record handler of one that takes the record's payload as a type of the user's: the body of an SQS
/// message, the bytes of a Kinesis record, the value of a Kafka record, or a `Change<Payload>` with the
/// images of a DynamoDB item. A Kafka tombstone fits only a `std::optional`, which is then empty.
/// `PayloadFormat` reads the `Payload`; numbers keep their value or do not fit. For DynamoDB it may be a
/// `Change<Old, New>` too.
///
/// The handler takes `(const Payload&)` or `(const Payload&, const Record&)`, each also with a `const
/// LambdaContext&` at the end; `typed` passes as many arguments as it takes. Its result is treated as any
/// handler's.
///
/// A payload that does not fit fails its record by a `PayloadError`. With `ignore_payload_errors` the record
/// succeeds instead; or a function `(const PayloadError&)`, with record and context as above, decides: it
/// returns what the handler returns, or throws. It is not called for exceptions of the handler itself.
template <class Payload, class Handler, class OnPayloadError = FailPayloadErrors>
auto typed(Handler&& handler, OnPayloadError&& on_payload_error = {}) {
  return TypedHandler<Payload, std::decay_t<Handler>, std::decay_t<OnPayloadError>>(
      std::forward<Handler>(handler), std::forward<OnPayloadError>(on_payload_error));
}

}  // namespace batchproof::inline v0_1
