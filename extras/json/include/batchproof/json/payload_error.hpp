#pragma once

#include <batchproof/detail/export.hpp>
#include <stdexcept>
#include <string>
#include <string_view>

namespace batchproof::inline v0_1 {

/// The payload of a record does not fit the type that its handler takes. It fails that record alone, unless
/// an argument of `typed` says otherwise; the record keeps its raw text. `what()` names the payload, the
/// place in it and the reason: "body does not fit: /items/0/quantity: 2.9 is not a whole number".
class BATCHPROOF_EXPORT PayloadError : public std::runtime_error {
 public:
  /// `payload` is "body", "kinesis/data", "dynamodb/NewImage", "dynamodb/OldImage", or "value" of Kafka.
  PayloadError(std::string_view payload, std::string path, std::string_view reason)
      : std::runtime_error(message(payload, path, reason)), path_(std::move(path)) {}

  /// The place in the payload as an RFC 6901 JSON pointer; "" for the whole payload, and when `from_json`
  /// threw for a reason whose place is not known.
  const std::string& path() const noexcept { return path_; }

 private:
  static std::string message(std::string_view payload, std::string_view path, std::string_view reason) {
    std::string text(payload);
    text += " does not fit: ";
    if (!path.empty()) text.append(path).append(": ");
    return text.append(reason);
  }

  std::string path_;
};

}  // namespace batchproof::inline v0_1
