#pragma once

// The requests of a handler that cannot finish its record:
//
//   throw bp::RetryAfter(30s);  throw bp::DeadLetter("no such customer");  throw bp::Drop("obsolete");

#include <batchproof/detail/export.hpp>
#include <chrono>
#include <stdexcept>
#include <string>

namespace batchproof::inline v0_1 {

/// The request of a handler that cannot finish its record: one of the classes below, thrown, or returned as
/// the error of an outcome. A request that cannot be met is an ordinary failure, so no record is lost.
class BATCHPROOF_EXPORT FailureRequest : public std::runtime_error {
 protected:
  using std::runtime_error::runtime_error;
};

/// Asks for the message to be delivered again after this time, instead of the queue's visibility timeout; in
/// a FIFO queue its message group waits for it. Needs `QueueActions::change_visibility`. Streams have no such
/// time: there it is an ordinary failure.
class BATCHPROOF_EXPORT RetryAfter : public FailureRequest {
 public:
  /// A negative delay counts as 0. AWS counts whole seconds: a fraction is rounded up. SQS hides a message
  /// for at most 12 hours from its receipt; a delay above 11 h 40 min is cut to that, since the message may
  /// have been received 20 minutes ago (5 of a batching window, 15 of the function).
  explicit RetryAfter(std::chrono::milliseconds delay, const std::string& reason = {});

  /// The delay that SQS will be asked for.
  std::chrono::seconds delay() const noexcept { return delay_; }

 private:
  std::chrono::seconds delay_;
};

/// The record cannot be processed, and must go to the dead-letter queue now, with the reason. It is then
/// settled: not delivered again, and its message group goes on. Needs `QueueActions::send_dead_letter`.
class BATCHPROOF_EXPORT DeadLetter : public FailureRequest {
 public:
  explicit DeadLetter(const std::string& reason) : FailureRequest(reason) {}
};

/// The record needs no processing, and must not be delivered again. It is settled, and its message group goes
/// on. Only the processed message keeps the reason.
class BATCHPROOF_EXPORT Drop : public FailureRequest {
 public:
  explicit Drop(const std::string& reason) : FailureRequest(reason) {}
};

}  // namespace batchproof::inline v0_1
