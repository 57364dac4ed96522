#pragma once

// Asks running handlers to end in time. Not part of the public interface.

#include <batchproof/clock.hpp>
#include <chrono>
#include <memory>
#include <mutex>
#include <stop_token>
#include <thread>

namespace batchproof::detail {

/// Requests a stop when less than the reserve is left until the deadline, or before. A clock that throws
/// counts as one that says so. Safe to call from several threads.
class StopWatch {
 public:
  StopWatch(std::chrono::system_clock::time_point deadline, std::chrono::milliseconds reserve, Clock clock);

  /// Waits until its thread has ended, unless that thread itself, in a callback of the stop, destroys this.
  ~StopWatch();
  StopWatch(const StopWatch&) = delete;
  StopWatch& operator=(const StopWatch&) = delete;

  /// Looks at the clock. The first call begins to watch it, on a thread that ends with this object: handlers
  /// that never ask cost nothing. Throws `std::system_error` when there is no thread to be had.
  std::stop_token token();

  void request_stop() noexcept;

 private:
  struct Shared;

  std::shared_ptr<Shared> shared_;  // with the thread
  std::once_flag watching_;
  std::jthread thread_;
};

}  // namespace batchproof::detail
