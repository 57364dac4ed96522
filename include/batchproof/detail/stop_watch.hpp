#pragma once

// Asks running handlers to end in time. Not part of the public interface.

#include <batchproof/clock.hpp>
#include <chrono>
#include <memory>
#include <mutex>
#include <stop_token>
#include <thread>

namespace batchproof::inline v0_1::detail {

/// Requests a stop when less than the reserve is left until the deadline, or when `request_stop` is called
/// before. A clock that throws counts as past the deadline. Safe to call from several threads.
class StopWatch {
 public:
  StopWatch(std::chrono::system_clock::time_point deadline, std::chrono::milliseconds reserve, Clock clock);

  /// Waits until its thread has ended, unless a callback of the stop destroys this object on that thread.
  ~StopWatch();
  StopWatch(const StopWatch&) = delete;
  StopWatch& operator=(const StopWatch&) = delete;

  /// Compares the clock with the deadline. The first call starts the thread that watches it and that ends
  /// with this object: handlers that never ask cost nothing. Throws `std::system_error` when no thread can be
  /// started.
  std::stop_token token();

  void request_stop() noexcept;

 private:
  struct Shared;

  std::shared_ptr<Shared> shared_;  // shared with the thread
  std::once_flag watching_;
  std::jthread thread_;
};

}  // namespace batchproof::inline v0_1::detail
