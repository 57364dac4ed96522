#pragma once

// Records of DynamoDB Streams:
//
//     void handle(const bp::DynamoDbRecord& record) {
//       if (record.is_ttl_delete()) archive(*record.old_image());
//     }

#include <batchproof/attribute_value.hpp>
#include <batchproof/detail/export.hpp>
#include <batchproof/detail/record_head.hpp>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace batchproof::inline v0_1 {

namespace detail {
struct DynamoDbFields;
}

/// The change of an item.
enum class ChangeKind { insert, modify, remove };

/// One record of a DynamoDB Streams event (DynamoDB Streams API reference, "Record"; every field of it is
/// optional there, but a failure cannot be reported to Lambda without the sequence number).
///
/// A small view, cheap to copy; it and all text that it returns live as long as their `Event`. Const access
/// from several threads is safe. A field of the wrong type throws `RecordError`.
class BATCHPROOF_EXPORT DynamoDbRecord {
 public:
  /// Empty for a record of EventBridge Pipes if an enrichment left it out.
  std::string_view sequence_number() const noexcept;

  /// Throws `RecordError` when `eventName` is missing or none of INSERT, MODIFY, REMOVE.
  ChangeKind kind() const;

  OptionalAttributeMap keys() const;
  OptionalAttributeMap new_image() const;
  OptionalAttributeMap old_image() const;

  /// In the unit of the record's precision. Without a precision the size of the number decides: it counts
  /// seconds or, when far too large for that, milliseconds or microseconds, as DynamoDB wrote them for
  /// Kinesis before it wrote the precision (DynamoDB API reference, "EnableKinesisStreamingConfiguration").
  std::optional<std::chrono::system_clock::time_point> approximate_creation_date_time() const;
  std::optional<std::string_view> approximate_creation_date_time_precision() const;  ///< "MICROSECOND", ...
  std::optional<std::uint64_t> size_bytes() const;
  std::optional<std::string_view> stream_view_type() const;  ///< "NEW_AND_OLD_IMAGES", "KEYS_ONLY", ...
  std::optional<std::string_view> event_id() const;
  std::optional<std::string_view> event_name() const;
  std::optional<std::string_view> event_version() const;
  std::string_view event_source() const noexcept { return "aws:dynamodb"; }
  std::optional<std::string_view> event_source_arn() const;
  std::optional<std::string_view> aws_region() const;

  /// `userIdentity`, which only deletions by the service carry.
  std::optional<std::string_view> user_identity_type() const;
  std::optional<std::string_view> user_identity_principal_id() const;

  /// True when the item was removed because its time to live ran out (DynamoDB developer guide, "DynamoDB
  /// Streams and Time to Live").
  bool is_ttl_delete() const;

  /// The identifier that reports a failure of this record: the sequence number, or the event id where
  /// EventBridge Pipes invokes the function (EventBridge user guide, "Amazon EventBridge Pipes batching and
  /// concurrency").
  std::string_view item_identifier() const noexcept { return fields_->item_identifier; }

  /// Position in `Records`, or in the list of EventBridge Pipes.
  std::size_t index() const noexcept { return fields_->record_index; }

  using Fields = detail::DynamoDbFields;

  /// For `decode`: `fields` is a `Fields`.
  DynamoDbRecord(const detail::EventText& text, const detail::RecordHead& fields) noexcept
      : text_(&text), fields_(&fields) {}

 private:
  friend struct detail::RecordText;
  BATCHPROOF_NO_EXPORT std::optional<std::string_view> user_identity(std::string_view name) const;
  BATCHPROOF_NO_EXPORT OptionalAttributeMap image(detail::Slice slice, std::string_view path) const;

  const Fields& fields() const noexcept;

  const detail::EventText* text_;
  const detail::RecordHead* fields_;  // the first part of its Fields
};

}  // namespace batchproof::inline v0_1
