#pragma once

// Tumbling windows for coroutines of Boost.Asio.

#include <batchproof/async.hpp>
#include <batchproof/windows.hpp>
#include <boost/asio/awaitable.hpp>
#include <exception>
#include <string>
#include <string_view>
#include <utility>

namespace batchproof::inline v0_1 {

/// `process_window` for coroutines: `fold` and `finish` return awaitables. They run one after the other, on
/// the calling thread, which is busy or waits until they have ended. As thread-safe as `fold` and `finish`.
/// Throws what `process_window` and `async_process_partial_response` throw.
template <class State, class Fold, class Finish, class Record>
std::string async_process_window(std::string_view payload, Fold&& fold, Finish&& finish,
                                 const AsyncBatchProcessor<Record>& processor,
                                 const LambdaContext& context = {}) {
  if constexpr (detail::check_window<State, Record, Fold, Finish>()) {
    detail::WindowFields fields;
    const auto event = detail::borrow_window<Record>(payload, fields);
    const Window window = detail::read_window(fields);
    detail::FoldedState<State> state(detail::read_state<State>(fields.state));
    const AsyncBatchProcessor<Record> in_order(detail::options_in_window(processor.options(), state),
                                               processor.actions_executor());
    const auto fold_record = [&](const Record& record, const LambdaContext& for_fold) {
      return detail::call_in_window(fold, state.begin_record(record.index()), record, for_fold);
    };
    std::string answer;
    const auto process = [&]() -> boost::asio::awaitable<void> {
      const auto batch = co_await in_order.process(event, std::ref(fold_record), context);
      const BatchResponse response = batch.response();
      const bool all_succeeded = response.item_identifiers().empty();
      const State& folded = state.folded();
      const std::string text = detail::write_state(folded);
      if (all_succeeded && detail::is_last_of_state(window)) {
        const auto call_finish = [&](const Window& given, const LambdaContext& for_finish) {
          return detail::call_in_window(finish, folded, given, for_finish);
        };
        const auto keep = [](auto&&) {};
        const auto failure =
            co_await detail::await_here(detail::handle_async(call_finish, window, context, keep));
        if (failure) std::rethrow_exception(failure->exception);
      }
      answer = detail::encode_window_response(text, response.to_json());
    };
    detail::run_to_end(process());
    return answer;
  } else {
    return {};
  }
}

}  // namespace batchproof::inline v0_1
