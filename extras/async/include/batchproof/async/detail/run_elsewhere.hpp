#pragma once

// Runs a function that blocks on an executor of its own. Not part of the public interface.
//
//     const auto begin = [&call] { call.begin(); };
//     co_await detail::run_elsewhere(executor, begin);

#include <batchproof/async/detail/return_to_executor.hpp>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace batchproof::inline v0_1::detail {

template <class Function>
boost::asio::awaitable<void> as_coroutine(const Function& function) {
  function();
  co_return;
}

template <class Function>
boost::asio::awaitable<void> run_there(const boost::asio::any_io_executor& executor,
                                       const Function& function) {
  co_await boost::asio::co_spawn(executor, as_coroutine(function), boost::asio::use_awaitable);
}

/// Ends on the executor of the awaiting coroutine. The function must be a variable, which outlives the wait;
/// what it throws is thrown.
template <class Function>
boost::asio::awaitable<void> run_elsewhere(const boost::asio::any_io_executor& executor,
                                           const Function& function) {
  co_await await_here(run_there(executor, function));
}

}  // namespace batchproof::inline v0_1::detail
