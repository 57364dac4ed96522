#pragma once

#include <exception>
#include <string>

namespace batchproof {

/// The outcome of a record. A record that was never handled is a failure, since the service must deliver it
/// again.
enum class Status { success, failure };

/// Why a record failed.
struct Failure {
  std::string cause;             ///< the exception's text; never empty
  std::exception_ptr exception;  ///< what the handler threw, or what stands for it; never null
};

}  // namespace batchproof
