#pragma once

// Record handlers: the forms that one may have, and how processors check it, call it and keep its result.
//
//     void handle_order(const bp::SqsRecord& record, const bp::LambdaContext& context);
//     static_assert(bp::RecordHandler<decltype(handle_order), bp::SqsRecord>);

#include <batchproof/handler_result.hpp>
#include <batchproof/lambda_context.hpp>
#include <functional>
#include <optional>
#include <type_traits>
#include <utility>

namespace batchproof::inline v0_1 {

/// A record handler takes `(record)` or `(record, const LambdaContext&)`; a handler that takes both is called
/// with the context. Returning means success, throwing anything at all means that the record failed. It may
/// return void, a value that the processed message keeps, or an outcome (`has_value()`/`error()` as
/// std::expected has, `IsSuccess()`/`GetError()` as the AWS SDK has), whose error fails the record.
template <class Handler, class Record>
concept RecordHandler = std::is_invocable_v<Handler&, const Record&, const LambdaContext&> ||
    std::is_invocable_v<Handler&, const Record&>;

namespace detail {

template <class Handler, class Record>
inline constexpr bool takes_context = std::is_invocable_v<Handler&, const Record&, const LambdaContext&>;

/// Calls the handler in its longest form.
template <class Handler, class Record>
decltype(auto) invoke_handler(Handler& handler, const Record& record, const LambdaContext& context) {
  if constexpr (takes_context<Handler, Record>) {
    return std::invoke(handler, record, context);
  } else {
    return std::invoke(handler, record);
  }
}

template <class Handler, class Record>
using HandlerResult = std::remove_cvref_t<decltype(invoke_handler(
    std::declval<Handler&>(), std::declval<const Record&>(), std::declval<const LambdaContext&>()))>;

/// Refuses a handler that cannot be called, or whose result would hide a failure, in one readable line each.
template <class Handler, class Record>
constexpr bool check_handler() {
  static_assert(RecordHandler<Handler, Record>,
                "batchproof: a record handler takes (const Record&) or (const Record&, const "
                "bp::LambdaContext&), with the "
                "Record of its processor");
  if constexpr (RecordHandler<Handler, Record>) {
    static_assert(
        !LosesFailure<HandlerResult<Handler, Record>>,
        "batchproof: this handler's result would hide a failure (future, coroutine, bool, "
        "enum, error code, exception, optional, variant, pointer, status, thread, task or other function, or "
        "a pair, tuple or container "
        "of these); throw, return an outcome with has_value() and error(), or say by bp::Kept that the "
        "result is a value and not a verdict");
    return !LosesFailure<HandlerResult<Handler, Record>>;
  } else {
    return false;
  }
}

template <class Handler, class Record>
using KeptResult = typename KeptValue<HandlerResult<Handler, Record>>::type;

/// The part of an own processor's `Result` that a message keeps; it is judged as a handler's result.
template <class Result>
struct OwnResult {
  using Kept = std::conditional_t<LosesFailure<Result>, void, typename KeptValue<Result>::type>;

  /// Fails to compile for a `Result` that would hide a failure. An assertion in the class itself would be one
  /// of several errors: clang then takes the processor for a class without members.
  static constexpr bool check() {
    static_assert(
        !LosesFailure<Result>,
        "batchproof: the Result of this processor would hide a failure (bool, enum, error "
        "code, optional, variant, pointer, status, or a pair, tuple or container of these); let it be an "
        "outcome with has_value() and error(), or say by bp::Kept that it is a value and not a verdict");
    return !LosesFailure<Result>;
  }

  /// True when `make` accepts a handler's value of this type.
  template <class Value>
  static constexpr bool takes = std::is_convertible_v<Value, Result> ||
                                (is_kept_v<Result> && std::is_convertible_v<Value, Kept>);

  template <class Value>
  static Result make(Value&& value) {
    if constexpr (std::is_convertible_v<Value, Result>) {
      return std::forward<Value>(value);
    } else {
      return Result{static_cast<Kept>(std::forward<Value>(value))};
    }
  }
};
template <>
struct OwnResult<void> {
  using Kept = void;
  static constexpr bool check() { return true; }
  template <class Value>
  static constexpr bool takes = true;
};

/// Calls the handler and keeps its value. Returns the failure of an outcome; lets exceptions through.
template <class Handler, class Record, class Keep>
std::optional<Failure> handle(Handler& handler, const Record& record, const LambdaContext& context,
                              Keep&& keep) {
  if constexpr (std::is_void_v<HandlerResult<Handler, Record>>) {
    invoke_handler(handler, record, context);
    return std::nullopt;
  } else {
    return settle(invoke_handler(handler, record, context), keep);
  }
}

}  // namespace detail
}  // namespace batchproof::inline v0_1
