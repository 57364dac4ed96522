#include <algorithm>
#include <batchproof/detail/dispatch.hpp>
#include <batchproof/detail/run_on_threads.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <exception>
#include <optional>
#include <stdexcept>
#include <string>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

namespace batchproof::inline v0_1::detail {
namespace {

/// A pool of threads. Boost's own waits forever when the system can start only some of its threads.
class ThreadPool {
 public:
  /// Starts as many as the system allows. Throws `std::runtime_error` when it allows none.
  explicit ThreadPool(std::size_t count) : more_to_come_(context_.get_executor()) {
    threads_.reserve(count);
    try {
      while (threads_.size() < count) threads_.emplace_back([this] { context_.run(); });
    } catch (const std::system_error& error) {  // Lambda allows 1,024 processes and threads
      if (threads_.empty())
        throw std::runtime_error(std::string("no thread for max_concurrency could be started: ") +
                                 error.what());
    } catch (...) {
      context_.stop();
      throw;
    }
  }

  ~ThreadPool() { context_.stop(); }
  ThreadPool(const ThreadPool&) = delete;
  ThreadPool& operator=(const ThreadPool&) = delete;

  template <class Work>
  void post(Work&& work) {
    boost::asio::post(context_, std::forward<Work>(work));
  }

  /// Waits until all work is done, also the work that other work posted.
  void join() {
    more_to_come_.reset();
    threads_.clear();
  }

 private:
  boost::asio::io_context context_;
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> more_to_come_;
  std::vector<std::jthread> threads_;  // joined before the context is destroyed
};

void work(Dispatch& dispatch, const std::function<void(std::size_t)>& handle, std::size_t record) {
  for (std::optional<std::size_t> next = record; next; next = dispatch.next(record)) {
    record = *next;
    try {
      handle(record);
    } catch (...) {
      return dispatch.abandon(record, std::current_exception());
    }
  }
}

}  // namespace

void run_on_threads(OrderingKeys keys, std::size_t limit, const std::function<void(std::size_t)>& handle) {
  ThreadPool pool(std::min(limit, keys.size()));
  Dispatch dispatch(Schedule(std::move(keys), limit),
                    [&](std::size_t record) { pool.post([&, record] { work(dispatch, handle, record); }); });
  dispatch.begin();
  pool.join();
  dispatch.rethrow();
}

}  // namespace batchproof::inline v0_1::detail
