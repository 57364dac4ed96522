#pragma once

// Records of Kinesis Data Streams:
//
//   void handle(const bp::KinesisStreamRecord& record) { store(record.partition_key(), record.data()); }

#include <batchproof/detail/export.hpp>
#include <batchproof/detail/record_head.hpp>
#include <chrono>
#include <optional>
#include <string_view>

namespace batchproof::inline v0_1 {

namespace detail {
struct KinesisFields;
}

/// One record of a Kinesis Data Streams event (AWS Lambda developer guide, "Using Lambda to process records
/// from Amazon Kinesis Data Streams", example event).
///
/// A small view, cheap to copy; it and all text that it returns live as long as their `Event`. Const access
/// from several threads is safe. A field that AWS always sends throws `RecordError` when it is missing or of
/// another type; one that AWS may leave out is optional.
class BATCHPROOF_EXPORT KinesisStreamRecord {
 public:
  /// Empty for a record of EventBridge Pipes if an enrichment left it out.
  std::string_view sequence_number() const noexcept;
  std::string_view partition_key() const;

  /// The producer's bytes, out of base64. Bad base64 throws `RecordError` here, and so fails this record
  /// alone.
  std::string_view data() const;

  std::chrono::system_clock::time_point approximate_arrival_timestamp() const;
  std::string_view kinesis_schema_version() const;
  std::optional<std::string_view> encryption_type() const;
  std::string_view event_id() const;

  /// The part of the event id before the colon, such as "shardId-000000000006".
  std::string_view shard_id() const;

  std::string_view event_name() const;
  std::string_view event_version() const;
  std::string_view event_source() const noexcept { return "aws:kinesis"; }
  std::string_view event_source_arn() const;
  std::string_view invoke_identity_arn() const;
  std::string_view aws_region() const;

  /// The identifier that reports a failure of this record: the sequence number, or the event id where
  /// EventBridge Pipes invokes the function (EventBridge user guide, "Amazon EventBridge Pipes batching and
  /// concurrency").
  std::string_view item_identifier() const noexcept { return fields_->item_identifier; }

  /// Position in `Records`, or in the list of EventBridge Pipes.
  std::size_t index() const noexcept { return fields_->record_index; }

  using Fields = detail::KinesisFields;

  /// For `decode`: `fields` is a `Fields`.
  KinesisStreamRecord(const detail::EventText& text, const detail::RecordHead& fields) noexcept
      : text_(&text), fields_(&fields) {}

 private:
  friend struct detail::RecordText;
  const Fields& fields() const noexcept;

  const detail::EventText* text_;
  const detail::RecordHead* fields_;  // the first part of its Fields
};

template <>
struct detail::PayloadField<KinesisStreamRecord> {
  static constexpr std::string_view name = "kinesis/data";
  static std::string_view text(const KinesisStreamRecord& record) { return record.data(); }
};

}  // namespace batchproof::inline v0_1
