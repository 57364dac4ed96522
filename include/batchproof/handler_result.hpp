#pragma once

// The results that a record handler may return, and their meanings:
//
//   std::expected<void, std::string> handle_order(const bp::SqsRecord& record);  // an error fails the record

#include <batchproof/detail/contain.hpp>
#include <batchproof/errors.hpp>
#include <batchproof/failure_request.hpp>
#include <batchproof/status.hpp>
#include <concepts>
#include <coroutine>
#include <cstddef>
#include <exception>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

namespace batchproof::inline v0_1 {

/// Wraps a result that would otherwise not compile, such as a bool or an enum, to say that it is a value to
/// keep and not a verdict: `return bp::Kept{is_new_customer};`. The message's result is then the value
/// itself.
template <class Value>
struct Kept {
  Value value;
};

template <class Value>
Kept(Value) -> Kept<Value>;

namespace detail {

template <class Result>
concept StandardOutcome = requires(Result& result) {
  { result.has_value() } -> std::convertible_to<bool>;
  result.error();
};

template <class Result>
concept AwsOutcome = requires(Result& result) {
  { result.IsSuccess() } -> std::convertible_to<bool>;
  result.GetError();
};

template <class Result>
concept Outcome = StandardOutcome<Result> || AwsOutcome<Result>;

template <class Result>
inline constexpr bool is_kept_v = false;
template <class Value>
inline constexpr bool is_kept_v<Kept<Value>> = true;

template <class Result>
concept Awaitable = requires(Result& result) {
  result.await_ready();
}
|| requires(Result&& result) { std::forward<Result>(result).operator co_await(); }
|| requires(Result&& result) { operator co_await(std::forward<Result>(result)); }
|| requires { typename std::coroutine_traits<Result>::promise_type; };

template <class Result>
concept FutureLike = requires(Result& result) {
  result.wait();
};

/// Work that has not been done yet, or not to its end: a coroutine, a future, a thread, a task, or a function
/// that nobody has called.
template <class Result>
concept Unfinished = Awaitable<Result> || FutureLike<Result> || requires(Result& result) {
  result.joinable();
} || requires(Result& result) {
  result.get_future();
} || std::is_invocable_v<Result&>;

/// Takes the value out of an outcome that went well; void where it holds none.
template <Outcome Result>
decltype(auto) take_value(Result& outcome) {
  if constexpr (requires { *outcome; }) {
    return *outcome;
  } else if constexpr (requires { outcome.GetResult(); }) {
    return outcome.GetResult();
  } else if constexpr (requires { outcome.value(); }) {
    return outcome.value();
  }
}

/// The part of a handler's result that a message keeps: the value itself, or the one inside an outcome or a
/// `Kept`.
template <class Result>
struct KeptValue {
  using type = Result;
};
template <class Value>
struct KeptValue<Kept<Value>> {
  using type = Value;
};
template <Outcome Result>
struct KeptValue<Result> {
  using type = std::remove_cvref_t<decltype(take_value(std::declval<Result&>()))>;
};

/// `Kept<Value>`, and void for void.
template <class Value>
struct KeptOrVoid {
  using type = Kept<Value>;
};
template <>
struct KeptOrVoid<void> {
  using type = void;
};

/// Room for the value that a handler keeps; for void, nobody reads the number.
template <class Value>
using ValueSlot = std::optional<std::conditional_t<std::is_void_v<Value>, int, Value>>;

/// A container, which is judged by its elements.
template <class Result>
concept Container = requires {
  typename Result::value_type;
};

/// A container of its own kind, such as a JSON value, which converts to anything, bool among it.
template <class Result>
concept Tree = Container<Result> && std::same_as<typename Result::value_type, Result>;

/// A pair, a tuple, or another type with `std::tuple_size`, which is judged by its parts.
template <class Result>
concept TupleLike = requires {
  std::tuple_size<Result>::value;
};

template <class Result>
concept Number = std::move_constructible<Result> && std::numeric_limits<Result>::is_specialized &&
    !std::same_as<Result, bool>;

/// It converts to bool, explicitly or not: a flag, a pointer, an optional, an error code.
template <class Result>
concept AnswersBool = !Number<Result> && !Tree<Result> &&
                      (std::is_constructible_v<bool, Result&> || std::is_constructible_v<bool, Result>);

/// It has a member or a function of the name by which outcomes and statuses say whether they went well.
template <class Result>
concept AnswersByName = requires(Result& result) {
  result.has_value();
}
|| requires(Result& result) { result.IsSuccess(); }
|| requires(Result& result) { result.ok(); }
|| requires(Result& result) {
  { result.is_ok() } -> std::convertible_to<bool>;
}
|| requires(Result& result) {
  { result.success() } -> std::convertible_to<bool>;
}
|| requires(Result& result) {
  { result.failed() } -> std::convertible_to<bool>;
}
|| requires(Result& result) {
  { result.ok } -> std::convertible_to<bool>;
}
|| requires(Result& result) {
  { result.success } -> std::same_as<bool&>;
}
|| requires(Result& result) {
  { result.failed } -> std::same_as<bool&>;
};

/// A variant, of the standard library or of Boost, one of whose alternatives may be an error.
template <class Result>
concept Variant = requires(Result& result) {
  result.valueless_by_exception();
}
|| requires(Result& result) {
  result.which();
  result.type();
};

/// A reader could mistake it for the answer to whether the record was handled well.
template <class Result>
concept Verdict = AnswersBool<Result> || AnswersByName<Result> || Variant<Result> || std::is_enum_v<Result> ||
    std::derived_from<Result, std::exception>;

/// The first type is one of the others.
template <class Type, class... Others>
inline constexpr bool is_one_of = (std::same_as<Type, Others> || ...);

/// `Outer` are the types that hold this one: a tree holds itself, and tells nothing new there.
template <class Result, class... Outer>
constexpr bool loses_failure();

/// Whether a container, a tuple or an outcome would hide a failure that is in it.
template <class Part, class... Outer>
constexpr bool part_loses_failure() {
  return Outcome<Part> || loses_failure<Part, Outer...>();
}

/// Whether the value in an outcome that went well would hide a failure: unfinished work, or another outcome,
/// also in a container or behind a pointer. A bool does not: the outcome has already said how it went.
template <class Value, class... Outer>
constexpr bool value_loses_failure();

template <class Result>
constexpr auto parts_of() {
  if constexpr (TupleLike<Result>) {
    return std::make_index_sequence<std::tuple_size_v<Result>>();
  } else {
    return std::index_sequence<>();
  }
}

template <class Result, class... Outer, std::size_t... Index>
constexpr bool some_part_loses_failure(std::index_sequence<Index...>) {
  return (part_loses_failure<std::remove_cvref_t<std::tuple_element_t<Index, Result>>, Outer...>() || ...);
}

template <class Value, class... Outer, std::size_t... Index>
constexpr bool some_value_loses_failure(std::index_sequence<Index...>) {
  return (value_loses_failure<std::remove_cvref_t<std::tuple_element_t<Index, Value>>, Outer...>() || ...);
}

template <class Value, class... Outer>
constexpr bool value_loses_failure() {
  if constexpr (is_one_of<Value, Outer...> || is_kept_v<Value> || std::is_void_v<Value>) {
    return false;
  } else if constexpr (Outcome<Value> || Unfinished<Value>) {
    return true;
  } else if constexpr (Container<Value>) {
    return value_loses_failure<std::remove_cvref_t<typename Value::value_type>, Value, Outer...>();
  } else if constexpr (requires { typename Value::element_type; }) {
    return value_loses_failure<std::remove_cvref_t<typename Value::element_type>, Value, Outer...>();
  } else {
    return some_value_loses_failure<Value, Value, Outer...>(parts_of<Value>());
  }
}

/// The one place that decides which results are refused. An outcome inside an outcome hides a failure; a
/// value inside one, a bool too, does not: the outcome has already said how it went.
template <class Result, class... Outer>
constexpr bool loses_failure() {
  if constexpr (is_one_of<Result, Outer...> || is_kept_v<Result> || std::is_void_v<Result> || Tree<Result>) {
    return false;
  } else if constexpr (Outcome<Result>) {
    return value_loses_failure<typename KeptValue<Result>::type>();
  } else if constexpr (Unfinished<Result> || Verdict<Result>) {
    return true;
  } else if constexpr (Container<Result>) {
    return part_loses_failure<std::remove_cvref_t<typename Result::value_type>, Result, Outer...>();
  } else {
    return some_part_loses_failure<Result, Result, Outer...>(parts_of<Result>());
  }
}

/// A result whose failure would be lost if it were kept as a value.
template <class Result>
concept LosesFailure = loses_failure<std::remove_cvref_t<Result>>();

/// A null pointer, as `dlerror` may return, is an empty text.
template <class Text>
std::string text_of_error(const Text& text) {
  if constexpr (std::is_convertible_v<const Text&, const char*>) {
    const char* const characters = text;
    return characters == nullptr ? std::string() : std::string(characters);
  } else {
    return std::string(text);
  }
}

/// The text of an outcome's error, from whichever of the usual accessors it has.
template <class Error>
std::string describe_error(const Error& error) {
  if constexpr (std::is_convertible_v<const Error&, const char*>) {
    return detail::text_of_error(error);
  } else if constexpr (std::is_convertible_v<const Error&, std::string_view>) {
    return std::string(std::string_view(error));
  } else if constexpr (requires { std::string(error.what()); }) {
    return detail::text_of_error(error.what());
  } else if constexpr (requires { std::string(error.message()); }) {
    return detail::text_of_error(error.message());
  } else if constexpr (requires { std::string(error.GetMessage().c_str()); }) {
    if constexpr (requires { std::string(error.GetExceptionName().c_str()); }) {
      return std::string(error.GetExceptionName().c_str()) + ": " + error.GetMessage().c_str();
    } else {
      return std::string(error.GetMessage().c_str());
    }
  } else if constexpr (std::is_arithmetic_v<Error>) {
    return "error " + std::to_string(error);
  } else if constexpr (std::is_enum_v<Error>) {
    return "error " + std::to_string(static_cast<long long>(error));
  } else {
    return "the handler returned an error";
  }
}

/// The failure of an outcome's error: the error itself if it is an exception, else a `HandlerOutcomeError`.
template <class Error>
Failure failure_of(const Error& error) {
  if constexpr (std::same_as<Error, std::exception_ptr>) {
    return failure_of_exception(error);
  } else if constexpr (std::derived_from<Error, FailureRequest>) {
    return failure_of_exception(std::make_exception_ptr(error));
  } else {
    std::string cause = describe_error(error);
    if (cause.empty()) cause = "the handler returned an error without a text";
    std::exception_ptr exception;
    if constexpr (std::derived_from<Error, std::exception>) {
      exception = std::make_exception_ptr(error);
    } else {
      exception = std::make_exception_ptr(HandlerOutcomeError(cause));
    }
    return {std::move(cause), std::move(exception)};
  }
}

/// The failure inside an outcome, or nothing when it went well.
template <Outcome Result>
std::optional<Failure> failure_in(Result& outcome) {
  if constexpr (StandardOutcome<Result>) {
    if (!outcome.has_value()) return failure_of(outcome.error());
  } else {
    if (!outcome.IsSuccess()) return failure_of(outcome.GetError());
  }
  return std::nullopt;
}

/// Keeps what a handler returned. Returns the failure of an outcome. Processors refuse a result that would
/// hide a failure before, in their own words; this refuses that of each other function of the user's.
template <class Result, class Keep>
std::optional<Failure> settle(Result&& result, Keep&& keep) {
  using Plain = std::remove_cvref_t<Result>;
  static_assert(!LosesFailure<Plain>,
                "batchproof: what this function returns would hide a failure (future, coroutine, bool, enum, "
                "error code, exception, optional, variant, pointer, status, thread, task or other function, "
                "or a pair, tuple or container of these); throw, return an outcome with has_value() and "
                "error(), or say by bp::Kept that the "
                "result is a value and not a verdict");
  if constexpr (Outcome<Plain>) {
    if (auto failure = failure_in(result)) return failure;
    if constexpr (std::is_void_v<typename KeptValue<Plain>::type>) {
      return std::nullopt;
    } else if constexpr (std::is_lvalue_reference_v<Result>) {
      keep(take_value(result));  // copied, since the handler returned a reference
    } else {
      keep(std::move(take_value(result)));
    }
  } else if constexpr (is_kept_v<Plain>) {
    keep(std::forward<Result>(result).value);
  } else {
    keep(std::forward<Result>(result));
  }
  return std::nullopt;
}

}  // namespace detail
}  // namespace batchproof::inline v0_1
