#include <algorithm>
#include <batchproof/detail/dispatch.hpp>
#include <batchproof/detail/run_on_threads.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <exception>
#include <optional>
#include <utility>

namespace batchproof::detail {
namespace {

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

void run_on_threads(Lanes lanes, std::size_t limit, const std::function<void(std::size_t)>& handle) {
  boost::asio::thread_pool pool(std::min(limit, lanes.size()));
  Dispatch dispatch(Schedule(std::move(lanes), limit), [&](std::size_t record) {
    boost::asio::post(pool, [&, record] { work(dispatch, handle, record); });
  });
  dispatch.begin();
  pool.join();
  dispatch.rethrow();
}

}  // namespace batchproof::detail
