#include <batchproof/detail/check_options.hpp>
#include <stdexcept>
#include <string>

namespace batchproof::inline v0_1::detail {
namespace {

std::string breaks_order(std::size_t max_concurrency, const char* why) {
  return "max_concurrency is " + std::to_string(max_concurrency) + ", which would break the order: " + why;
}

}  // namespace

void check_options(std::optional<std::size_t> limit, std::chrono::milliseconds reserve, Ordering ordering) {
  const std::size_t max_concurrency = limit.value_or(1);
  if (max_concurrency == 0) {
    throw std::invalid_argument(
        "max_concurrency is 0, so no record could be handled; 1 handles one record after the other");
  }
  if (reserve.count() < 0) {
    throw std::invalid_argument("reserve is " + std::to_string(reserve.count()) +
                                " ms; it is the time to keep before the deadline, 0 or more");
  }
  if (max_concurrency > 1 && ordering == Ordering::fifo) {
    throw std::invalid_argument(breaks_order(
        max_concurrency,
        "a FIFO queue is handled one message after the other, so that nothing after the first failure is "
        "handled; with skip_group_on_error message groups can run concurrently"));
  }
  if (max_concurrency > 1 && ordering == Ordering::stream) {
    throw std::invalid_argument(breaks_order(
        max_concurrency,
        "stop_on_first_failure handles one record after the other, so that nothing after the first failure "
        "is handled; without it, records of different keys can run concurrently, as message groups of a FIFO "
        "queue can with skip_group_on_error"));
  }
}

void refuse_order_by_key(Ordering ordering) {
  if (ordering != Ordering::partition) return;
  throw std::invalid_argument(
      "order_by_key lets records of a partition overtake each other, and stop_on_first_failure handles none "
      "after the first that failed: set one of them");
}

void refuse_threads(std::optional<std::size_t> limit) {
  const std::size_t max_concurrency = limit.value_or(1);
  if (max_concurrency == 1) return;
  throw std::invalid_argument(
      "max_concurrency is " + std::to_string(max_concurrency) +
      ", and a BasePartialProcessor handles one record at a time, since it holds state; extend "
      "AsyncBasePartialProcessor, or set it back to 1");
}

std::size_t default_coroutines(Ordering ordering) noexcept {
  constexpr std::size_t several = 16;
  return ordering == Ordering::fifo || ordering == Ordering::stream ? 1 : several;
}

}  // namespace batchproof::inline v0_1::detail
