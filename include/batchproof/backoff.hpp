#pragma once

#include <batchproof/detail/export.hpp>
#include <batchproof/sqs_record.hpp>
#include <chrono>
#include <cstdint>
#include <string_view>

namespace batchproof::inline v0_1 {

/// Delays that double each time that a message is received: `throw RetryAfter(backoff(record))`. A plain
/// value, safe to use from several threads.
class BATCHPROOF_EXPORT ExponentialBackoff {
 public:
  ExponentialBackoff(std::chrono::milliseconds base, std::chrono::milliseconds cap, double jitter);

  /// The delay for the message's ApproximateReceiveCount; a missing count is taken as 1.
  std::chrono::milliseconds operator()(const SqsRecord& record) const;

  /// The delay for a receive count, from 1. One key and count always get the same jitter; any others get an
  /// independent one.
  std::chrono::milliseconds delay(std::uint64_t receive_count, std::string_view key) const noexcept;

 private:
  std::chrono::milliseconds base_;
  std::chrono::milliseconds cap_;
  double jitter_;
};

/// Delays of `base`, twice that, four times that and so on, no longer than `cap`. The jitter is the part of a
/// delay that is left to chance: at 0.5, each is between its half and the whole, so that messages that failed
/// together do not come back together. Throws `std::invalid_argument` for a base below 1 ms, a cap below the
/// base, and a jitter that is not from 0 to 1.
BATCHPROOF_EXPORT ExponentialBackoff exponential(std::chrono::milliseconds base,
                                                 std::chrono::milliseconds cap, double jitter = 0.5);

}  // namespace batchproof::inline v0_1
