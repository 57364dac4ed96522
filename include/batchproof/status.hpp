#pragma once

// The outcome of a record, and the reason when it is not a success.

#include <exception>
#include <string>

namespace batchproof::inline v0_1 {

/// The outcome of a record. A record that was never handled is a failure, since the service must deliver it
/// again. A settled one did not succeed, and is not delivered again: it was dropped, or is in the dead-letter
/// queue.
enum class Status { success, failure, settled };

class FailureRequest;

/// The reason why a record failed or was settled.
struct Failure {
  std::string cause;             ///< the exception's text; never empty
  std::exception_ptr exception;  ///< what the handler threw, or an exception made for its failure; never null

  /// The exception itself if it is a request; null for all others.
  const FailureRequest* request = nullptr;
};

}  // namespace batchproof::inline v0_1
