#pragma once

// Brings a coroutine back to its executor when another one has ended on another thread: an operation resumes
// the coroutine that awaits it on whichever thread completes it. Not part of the public interface.
//
//     Result result = co_await detail::await_here(handler_(record));

#include <batchproof/async/async_handler.hpp>
#include <batchproof/detail/await_user.hpp>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/execution_context.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>
#include <memory>
#include <mutex>
#include <optional>
#include <type_traits>
#include <utility>

namespace batchproof::inline v0_1::detail {

using Strand = boost::asio::strand<boost::asio::any_io_executor>;

/// Marks an execution context that one thread runs: coroutines there take turns without a strand.
class RunByOneThread : public boost::asio::execution_context::service {
 public:
  using key_type = RunByOneThread;
  static inline boost::asio::execution_context::id id;

  explicit RunByOneThread(boost::asio::execution_context& context)
      : boost::asio::execution_context::service(context) {}

 private:
  void shutdown() noexcept override {}
};

/// An executor that runs one thing at a time, on the executor given.
inline boost::asio::any_io_executor serial_executor(const boost::asio::any_io_executor& executor) {
  if (boost::asio::has_service<RunByOneThread>(executor.context())) return executor;
  return boost::asio::make_strand(executor);
}

/// True when the calling code runs on this executor; false also for executors of other kinds.
inline bool runs_on(const boost::asio::any_io_executor& executor) {
  if (const auto* const strand = executor.target<Strand>()) return strand->running_in_this_thread();
  if (const auto* const context = executor.target<boost::asio::io_context::executor_type>())
    return context->running_in_this_thread();
  return false;
}

/// Brings the coroutine that awaits this to its own executor. Each result of co_await has a name here and
/// below: g++ 12 destroys it twice where it stands in a capture.
inline boost::asio::awaitable<void> return_to_executor() {
  const boost::asio::any_io_executor executor = co_await boost::asio::this_coro::executor;
  // The posting thread may still be inside `post` when the coroutine has already continued. The coroutine
  // waits for it, since the coroutine may keep the executor's context alive.
  const auto posting = std::make_shared<std::mutex>();
  const auto post = [&executor, &posting](auto handler) {
    // It outlives the coroutine.
    const auto kept = posting;  // NOLINT(performance-unnecessary-copy-initialization)
    const std::lock_guard lock(*kept);
    boost::asio::post(boost::asio::any_io_executor(executor), std::move(handler));
  };
  co_await boost::asio::async_initiate<const boost::asio::use_awaitable_t<>, void()>(
      post, boost::asio::use_awaitable);
  const std::lock_guard posted(*posting);
}

/// Awaits the coroutine, and then continues on the executor of the awaiting coroutine, whatever thread the
/// awaited one ended on. Returns what it returns and throws what it throws.
template <class Value>
boost::asio::awaitable<Value> await_here(boost::asio::awaitable<Value> coroutine) {
  constexpr bool has_value = !std::is_void_v<Value>;
  std::optional<std::conditional_t<has_value, Value, bool>> value;
  std::exception_ptr thrown;
  try {
    if constexpr (has_value) {
      value.emplace(co_await checked_coroutine(std::move(coroutine)));
    } else {
      co_await checked_coroutine(std::move(coroutine));
    }
  } catch (...) {
    thrown = std::current_exception();
  }
  const boost::asio::any_io_executor executor = co_await boost::asio::this_coro::executor;
  if (!runs_on(executor)) co_await return_to_executor();
  if (thrown) std::rethrow_exception(thrown);
  if constexpr (has_value) co_return std::move(*value);
}

template <class Value>
struct UserAwait<boost::asio::awaitable<Value>> {
  static boost::asio::awaitable<Value> of(boost::asio::awaitable<Value> coroutine) {
    return await_here(std::move(coroutine));
  }
};

}  // namespace batchproof::inline v0_1::detail
