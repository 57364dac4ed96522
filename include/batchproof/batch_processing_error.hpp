#pragma once

#include <batchproof/batch_response.hpp>
#include <batchproof/detail/export.hpp>
#include <cstddef>
#include <exception>
#include <memory>
#include <stdexcept>
#include <string_view>
#include <vector>

namespace batchproof::inline v0_1 {

/// A record that failed, for the text of a `BatchProcessingError`, which copies what it shows of these views.
struct FailedRecord {
  std::string_view identifier;
  std::string_view cause;
};

/// Every record of a batch failed. Let it leave the function: the invocation then fails, which shows in the
/// metrics, and the service delivers the whole batch again. It owns all that it holds and may outlive the
/// event.
class BATCHPROOF_EXPORT BatchProcessingError : public std::runtime_error {
 public:
  /// One exception for each record in batch order; a `NotHandledError` for those never handled. `what()`
  /// quotes the first causes, each with the position and the identifier of its record.
  BatchProcessingError(std::vector<std::exception_ptr> exceptions, const std::vector<FailedRecord>& records,
                       BatchResponse response);

  const std::vector<std::exception_ptr>& exceptions() const noexcept { return content_->exceptions; }

  /// The complete response, for a function that answers instead of failing the invocation.
  const BatchResponse& response() const noexcept { return content_->response; }

 private:
  struct Content {
    std::vector<std::exception_ptr> exceptions;
    BatchResponse response;
  };
  std::shared_ptr<const Content> content_;  // shared, so that copying the exception cannot throw
};

}  // namespace batchproof::inline v0_1
