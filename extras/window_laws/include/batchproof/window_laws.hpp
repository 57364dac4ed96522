#pragma once

// Verifies the functions of a tumbling window:
//
//     EXPECT_TRUE(bp::verify_window<Totals>(add_order, publish, processor,
//                                           {.accepted = {R"({"price": 2})"}, .rejected = {"{}"}}));

#include <batchproof/fixtures/invocation_context.hpp>
#include <batchproof/properties/verify_window.hpp>
#include <batchproof/windows.hpp>
#include <concepts>
#include <exception>
#include <string>
#include <string_view>
#include <utility>

namespace batchproof::inline v0_1 {
namespace detail {

/// A state with an `operator==`. That of a container may be declared for elements that have none.
template <class State>
concept ComparableState = std::equality_comparable<State> && !requires {
  typename State::value_type;
};

/// Whether the state is the one that is read from its JSON, as far as that can be told: it is the same as
/// itself.
template <class State>
bool is_kept_by_json(const State& state) {
  if constexpr (ComparableState<State>) {
    if (!(state == state)) return true;  // it holds NaN
    try {
      return read_state<State>(write_state(state)) == state;
    } catch (const std::exception&) {
      return true;  // the invocation says what is wrong
    }
  } else {
    return true;
  }
}

/// The fold with its calls recorded, and `lost_in_json` set when a state is not kept by its JSON. Refers to
/// its arguments, which must outlive the result.
template <class State, class Record, class Fold>
auto note_folds(Fold& fold, properties::HandlerCalls& calls, std::string& lost_in_json) {
  const auto into = [&fold](State& state) {
    return [&fold, &state](const Record& record, const LambdaContext& context) -> decltype(auto) {
      return call_in_window(fold, state, record, context);
    };
  };
  const auto check = [&lost_in_json](const State& state) {
    if (lost_in_json.empty() && !is_kept_by_json(state)) {
      lost_in_json =
          "the state that is read from its JSON is not equal (operator==) to the one that was written: its "
          "to_json or its from_json leaves something out";
    }
  };
  using Result = HandlerResult<decltype(into(std::declval<State&>())), Record>;
  if constexpr (properties::Awaitable<Result>) {
    return [=, &calls](State& state, const Record& record, const LambdaContext& context) -> Result {
      check(state);
      auto fold_record = into(state);
      const auto noted = properties::note_calls<Record>(fold_record, calls);
      co_return co_await noted(record, context);
    };
  } else {
    return [=, &calls](State& state, const Record& record, const LambdaContext& context) -> Result {
      check(state);
      auto fold_record = into(state);
      return properties::note_calls<Record>(fold_record, calls)(record, context);
    };
  }
}

}  // namespace detail

/// Verifies the `fold` and the `finish` of a window, which `process_window` calls with this processor, whose
/// records are of Kinesis or of DynamoDB Streams. The fold keeps the laws of a record handler, as for
/// `verify_handler`. By the law `window`, its state is the same when the records come in one invocation and
/// in several; it does not depend on earlier events, does not get lost in its JSON, which is seen where
/// `State` is no container and has an `operator==`, and can be written; and `finish` ends the window.
///
/// A state that differs when the same event comes again, as by a time or a number of `std::random_device`, is
/// not judged. An engine of random numbers is memory: seed it in `.before_each`. Where the program has other
/// threads or open connections, what is kept in memory is not judged, and the report says so. Events that
/// take more than a tenth of `.time_limit` are not compared.
///
/// Returns the report. Coroutines: include `<batchproof/async_windows.hpp>` before. Throws as
/// `verify_handler` does, and `std::invalid_argument` for a processor with a `max_concurrency`. One thread at
/// a time.
template <class State, class Fold, class Finish, template <class> class Processor, class Record>
properties::Report verify_window(Fold&& fold, Finish&& finish, const Processor<Record>& processor,
                                 const VerifyHandlerOptions& options) {
  if constexpr (detail::check_window<State, Record, Fold, Finish>()) {
    detail::refuse_concurrency(processor.options());
    const auto answer = [&](std::string_view payload, properties::HandlerCalls& calls) {
      properties::WindowAnswer answered;
      const auto noted_fold = detail::note_folds<State, Record>(fold, calls, answered.lost_in_json);
      const LambdaContext context = fixtures::new_invocation_context();
      if constexpr (std::same_as<Processor<Record>, BatchProcessor<Record>>) {
        answered.response = process_window<State>(payload, noted_fold, finish, processor, context);
      } else {
        answered.response = async_process_window<State>(payload, noted_fold, finish, processor, context);
      }
      return answered;
    };
    return properties::verify_erased_window<Record>(answer, options);
  } else {
    return {};
  }
}

}  // namespace batchproof::inline v0_1
