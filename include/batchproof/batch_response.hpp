#pragma once

// The response of a function, and the two ways in which it writes identifiers.

#include <batchproof/detail/export.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace batchproof::inline v0_1 {

/// How item identifiers stand in a response: as texts, or, for Kafka, as the JSON objects that they are.
enum class IdentifierFormat { text, json };

/// The response of the function: the records that the service must deliver again (AWS Lambda developer guide,
/// "Implementing partial batch responses"). It owns its text. Safe to read from several threads.
class BATCHPROOF_EXPORT BatchResponse {
 public:
  BatchResponse() = default;

  /// Takes the identifiers of failed records in batch order; an identifier that comes again is kept once.
  /// With `IdentifierFormat::json` each must be JSON.
  explicit BatchResponse(const std::vector<std::string_view>& failed_item_identifiers,
                         IdentifierFormat format = IdentifierFormat::text);

  /// Batch order, each once. Kafka: compact JSON objects, as `KafkaRecord::item_identifier` has them.
  const std::vector<std::string>& item_identifiers() const& noexcept { return item_identifiers_; }
  std::vector<std::string> item_identifiers() && noexcept { return std::move(item_identifiers_); }

  /// Compact JSON, byte for byte what the service reads: `{"batchItemFailures":[{"itemIdentifier":"ID"}]}`,
  /// or with `{"partition":"orders-0","offset":16}` in place of `"ID"`.
  std::string to_json() const;

 private:
  std::vector<std::string> item_identifiers_;
  IdentifierFormat format_ = IdentifierFormat::text;
};

}  // namespace batchproof::inline v0_1
