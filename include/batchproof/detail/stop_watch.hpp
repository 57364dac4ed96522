#pragma once

// Tells running handlers when to come to an end. Not part of the public interface.

#include <batchproof/clock.hpp>
#include <chrono>
#include <mutex>
#include <stop_token>
#include <thread>

namespace batchproof::detail {

/// Requests a stop when a point in time has passed, or before. Safe to call from several threads.
class StopWatch {
 public:
  StopWatch(std::chrono::system_clock::time_point limit, Clock clock);

  /// Looks at the clock. The first call begins to watch it, on a thread that ends with this object: whoever
  /// never asks pays nothing.
  std::stop_token token();

  void request_stop() noexcept { source_.request_stop(); }

 private:
  void watch(const std::stop_token& gone) const;

  std::chrono::system_clock::time_point limit_;
  Clock clock_;
  mutable std::stop_source source_;
  std::once_flag watching_;
  std::jthread thread_;
};

}  // namespace batchproof::detail
