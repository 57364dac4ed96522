#include <batchproof/detail/dispatch.hpp>
#include <utility>

namespace batchproof::inline v0_1::detail {

Dispatch::Dispatch(Schedule schedule, BeginWorker begin_worker)
    : schedule_(std::move(schedule)), begin_worker_(std::move(begin_worker)) {}

void Dispatch::begin() { begin_workers(); }

std::optional<std::size_t> Dispatch::next(std::size_t finished) {
  std::optional<std::size_t> record;
  {
    const std::lock_guard lock(mutex_);
    schedule_.finish(finished);
    if (!error_) record = schedule_.start_next();
  }
  if (record) begin_workers();
  return record;
}

void Dispatch::abandon(std::size_t record, std::exception_ptr error) {
  const std::lock_guard lock(mutex_);
  schedule_.finish(record);
  if (!error_) error_ = std::move(error);
}

bool Dispatch::idle() const {
  const std::lock_guard lock(mutex_);
  return schedule_.running() == 0;
}

void Dispatch::rethrow() const {
  const std::lock_guard lock(mutex_);
  if (error_) std::rethrow_exception(error_);
}

std::optional<std::size_t> Dispatch::start_next() {
  const std::lock_guard lock(mutex_);
  return error_ ? std::nullopt : schedule_.start_next();
}

void Dispatch::begin_workers() {
  while (const auto record = start_next()) {
    try {
      begin_worker_(*record);
    } catch (...) {
      abandon(*record, std::current_exception());
    }
  }
}

}  // namespace batchproof::inline v0_1::detail
