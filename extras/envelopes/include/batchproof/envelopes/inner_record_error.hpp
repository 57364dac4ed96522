#pragma once

#include <batchproof/detail/export.hpp>
#include <exception>
#include <stdexcept>
#include <string>
#include <utility>

namespace batchproof::inline v0_1 {

/// A record within a record failed, and therefore the record that holds it. `what()` names the place and then
/// the cause: "user record 3: quantity must be at least 1".
class BATCHPROOF_EXPORT InnerRecordError : public std::runtime_error {
 public:
  explicit InnerRecordError(const std::string& what_was_wrong, std::exception_ptr inner = nullptr)
      : std::runtime_error(what_was_wrong), inner_(std::move(inner)) {}

  /// The exception of the inner handler; null when the inner record could not be read.
  const std::exception_ptr& inner() const noexcept { return inner_; }

 private:
  std::exception_ptr inner_;
};

}  // namespace batchproof::inline v0_1
