#pragma once

// The errors of a call to a service of AWS: the call was not made, got an error, or got no answer.
//
//   try { sqs.call("SendMessage", body); } catch (const aws::ServiceError& error) { log(error.what()); }

#include <batchproof/detail/export.hpp>
#include <stdexcept>
#include <string>

namespace batchproof::inline v0_1::aws {

/// A call of an AWS service did not succeed; `what()` names the service, the operation and the reason. The
/// call may have had an effect, unless a derived class says otherwise.
class BATCHPROOF_EXPORT CallError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The call was not made: the environment lacks the region or the credentials, or they cannot be used.
class BATCHPROOF_EXPORT ConfigurationError : public CallError {
 public:
  using CallError::CallError;
};

/// The service answered with an error.
class BATCHPROOF_EXPORT ServiceError : public CallError {
 public:
  ServiceError(const std::string& what_was_wrong, std::string code, std::string request_id, long http_status)
      : CallError(what_was_wrong),
        code_(std::move(code)),
        request_id_(std::move(request_id)),
        http_status_(http_status) {}

  /// AWS's name of the error without its namespace, such as "ConditionalCheckFailedException"; empty when the
  /// answer has none.
  const std::string& code() const noexcept { return code_; }

  /// The id by which AWS support finds the call; empty when the answer has none.
  const std::string& request_id() const noexcept { return request_id_; }

  long http_status() const noexcept { return http_status_; }

 private:
  std::string code_;
  std::string request_id_;
  long http_status_;
};

}  // namespace batchproof::inline v0_1::aws
