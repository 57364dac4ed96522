#pragma once

#include <batchproof/batch_processor.hpp>
#include <batchproof/detail/export.hpp>
#include <batchproof/windows/window.hpp>
#include <batchproof/windows/window_state.hpp>
#include <exception>
#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace batchproof::inline v0_1 {
namespace detail {

/// Calls `(first, second, context)`, or the function without the context if it takes none.
template <class Function, class First, class Second>
decltype(auto) call_in_window(Function& function, First& first, const Second& second,
                              const LambdaContext& context) {
  if constexpr (std::is_invocable_v<Function&, First&, const Second&, const LambdaContext&>) {
    return std::invoke(function, first, second, context);
  } else {
    return std::invoke(function, first, second);
  }
}

template <class Function, class First, class Second>
inline constexpr bool is_called_in_window =
    std::is_invocable_v<Function&, First&, const Second&, const LambdaContext&> ||
    std::is_invocable_v<Function&, First&, const Second&>;

/// True when the fold also takes a state that it cannot change, or whose change is lost: a constant, or a
/// copy. A member function takes any of them.
template <class Fold, class State, class Record>
inline constexpr bool loses_changes =
    !std::is_member_function_pointer_v<std::remove_cvref_t<Fold>> &&
    (std::is_invocable_v<Fold&, State, const Record&, const LambdaContext&> ||
     std::is_invocable_v<Fold&, State, const Record&>);

/// Whether a fold, or its coroutine, returns the new state, as that of other libraries does, rather than to
/// change it.
template <class Fold, class State, class Record>
constexpr bool returns_state() {
  using Result =
      decltype(call_in_window(std::declval<Fold&>(), std::declval<State&>(), std::declval<const Record&>(),
                              std::declval<const LambdaContext&>()));
  if constexpr (std::is_same_v<Result, State>) {
    return true;
  } else if constexpr (requires { typename Result::value_type; }) {
    return std::is_same_v<typename Result::value_type, State>;
  } else {
    return false;
  }
}

template <class Fold, class State, class Record>
constexpr bool changes_in_place() {
  if constexpr (is_called_in_window<Fold, State, Record>) {
    return !loses_changes<Fold, State, Record> && !returns_state<Fold, State, Record>();
  } else {
    return false;
  }
}

/// Refuses wrong functions of a window with readable errors.
template <class State, class Record, class Fold, class Finish>
constexpr bool check_window() {
  static_assert(is_stream_record_v<Record>,
                "batchproof: tumbling windows are of Kinesis and DynamoDB Streams; this processor is for the "
                "records of another source");
  static_assert(
      is_called_in_window<Fold, State, Record>,
      "batchproof: the fold of a window takes (State&, const Record&), and a const LambdaContext& if "
      "it likes");
  static_assert(is_called_in_window<Finish, const State, Window>,
                "batchproof: the finish of a window takes (const State&, const bp::Window&), and a const "
                "LambdaContext& if it likes");
  constexpr bool keeps_state = changes_in_place<Fold, State, Record>();
  static_assert(
      keeps_state || !is_called_in_window<Fold, State, Record>,
      "batchproof: the fold of a window changes the state in its place: it takes State&, neither a copy "
      "nor const State& nor auto&&, and does not return the state");
  return keeps_state && is_stream_record_v<Record> && is_called_in_window<Finish, const State, Window>;
}

inline bool is_last_of_state(const Window& window) { return window.is_final || window.is_terminated_early; }

/// `{"state":...,"batchItemFailures":[...]}`.
BATCHPROOF_EXPORT std::string encode_window_response(std::string_view state, std::string_view response);

}  // namespace detail

/// Processes an event of a tumbling window, from bytes to bytes: reads the state, calls `fold(State&,
/// record)` for each record in order, and answers the new state beside the failures. `State` is read and
/// written by nlohmann's `from_json` and `to_json`, as an object; a `std::string` is its JSON text. The first
/// invocation of a window has a `State{}`.
///
/// The first record that fails stops the batch: that record and all later ones are reported as failed, also
/// when it is the first, and the returned state is exactly the fold of the earlier records. For that the
/// state is copied before each record, so a fold that throws need not undo its changes. A
/// settled record counts nothing.
///
/// When every record succeeded in the last invocation of the window, `finish(const State&, const Window&)` is
/// called. Its exception fails the invocation, and the service repeats it: like a fold, it is called at least
/// once. It is also called when the service ends a window early, for the records that the state includes.
///
/// Both may take a `const LambdaContext&` at the end, and their results are treated as a handler's. Of the
/// processor's options, the hooks, the actions, the reserve and the clock apply. Throws `EventError` for an
/// event without a window, or one whose state does not fit; `WindowStateError`; what `finish` throws;
/// `std::invalid_argument` for a `max_concurrency`. As thread-safe as the functions.
template <class State, class Fold, class Finish, class Record>
[[nodiscard]] std::string process_window(std::string_view payload, Fold&& fold, Finish&& finish,
                                         const BatchProcessor<Record>& processor,
                                         const LambdaContext& context = {}) {
  if constexpr (detail::check_window<State, Record, Fold, Finish>()) {
    detail::WindowFields fields;
    const auto event = detail::borrow_window<Record>(payload, fields);
    const Window window = detail::read_window(fields);
    detail::FoldedState<State> state(detail::read_state<State>(fields.state));
    const BatchProcessor<Record> in_order(detail::options_in_window(processor.options(), state));
    const auto fold_record = [&](const Record& record, const LambdaContext& for_fold) -> decltype(auto) {
      return detail::call_in_window(fold, state.begin_record(record.index()), record, for_fold);
    };
    const BatchResponse response = in_order.process(event, fold_record, context).response();
    const bool all_succeeded = response.item_identifiers().empty();
    const State& folded = state.folded();
    std::string text = detail::write_state(folded);
    if (all_succeeded && detail::is_last_of_state(window)) {
      const auto call_finish = [&](const Window& given, const LambdaContext& for_finish) -> decltype(auto) {
        return detail::call_in_window(finish, folded, given, for_finish);
      };
      if (const auto failure = detail::handle(call_finish, window, context, [](auto&&) {}))
        std::rethrow_exception(failure->exception);
    }
    return detail::encode_window_response(text, response.to_json());
  } else {
    return {};
  }
}

}  // namespace batchproof::inline v0_1
