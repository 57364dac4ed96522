#pragma once

// Records of Kafka, and what they hold:
//
//   void handle(const bp::KafkaRecord& record) { store(record.topic(), record.value().value_or("")); }

#include <batchproof/detail/export.hpp>
#include <batchproof/detail/record_head.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace batchproof::inline v0_1 {

class KafkaRecord;

namespace detail {
struct KafkaFields;

/// The partition that the order of the record depends on.
std::string_view order_group(const KafkaRecord& record) noexcept;
}  // namespace detail

/// One header of a Kafka record. A name may come more than once.
struct KafkaHeader {
  std::string_view name;
  std::string value;  ///< bytes; empty also where the event has null
};

/// The schema of a key or value, for a topic with a schema registry.
struct KafkaSchemaMetadata {
  std::string_view data_format;  ///< "JSON", "AVRO" or "PROTOBUF"
  std::string_view schema_id;    ///< empty where the event has none
};

/// One record of an event of Apache Kafka, from Amazon MSK or a self-managed cluster (AWS Lambda developer
/// guide, "Using Lambda with Apache Kafka", example event).
///
/// A small view, cheap to copy; it and all text that it returns live as long as their `Event`. Const access
/// from several threads is safe. A field that AWS always sends throws `RecordError` when it is missing or of
/// another type; one that AWS may leave out is optional.
class BATCHPROOF_EXPORT KafkaRecord {
 public:
  std::string_view topic() const noexcept;
  std::int32_t partition() const noexcept;
  std::int64_t offset() const noexcept;

  /// The topic and the partition as the service joins them, such as "orders-0".
  std::string_view topic_partition() const noexcept;

  /// The producer's bytes, out of base64; nothing when there are none. A record without a value is a
  /// tombstone, which deletes what its key names. Bad base64 throws `RecordError` here, and so fails this
  /// record alone.
  std::optional<std::string_view> key() const;
  std::optional<std::string_view> value() const;

  /// In the order of the producer; empty when there are none.
  std::vector<KafkaHeader> headers() const;

  /// Kafka's -1, of a record without a time, is one millisecond before 1970.
  std::chrono::system_clock::time_point timestamp() const;
  std::string_view timestamp_type() const;  ///< "CREATE_TIME", "LOG_APPEND_TIME" or "NO_TIMESTAMP_TYPE"
  std::optional<KafkaSchemaMetadata> key_schema_metadata() const;
  std::optional<KafkaSchemaMetadata> value_schema_metadata() const;

  std::string_view event_source() const;  ///< "aws:kafka", "SelfManagedKafka", or empty: the event has none
  std::optional<std::string_view> event_source_arn() const;   ///< of Amazon MSK alone
  std::optional<std::string_view> bootstrap_servers() const;  ///< one text, with commas

  /// The identifier that reports a failure of this record, compact JSON:
  /// `{"partition":"orders-0","offset":16}` (AWS Lambda developer guide, "Configuring error handling controls
  /// for Kafka event sources").
  std::string_view item_identifier() const noexcept { return fields_->item_identifier; }

  /// Position in the event: its lists one after the other, in the order of the payload.
  std::size_t index() const noexcept { return fields_->record_index; }

  using Fields = detail::KafkaFields;

  /// For `decode`: `fields` is a `Fields`.
  KafkaRecord(const detail::EventText& text, const detail::RecordHead& fields) noexcept
      : text_(&text), fields_(&fields) {}

 private:
  friend struct detail::RecordText;
  const Fields& fields() const noexcept;
  BATCHPROOF_NO_EXPORT detail::Place place(std::string_view path) const noexcept;
  BATCHPROOF_NO_EXPORT std::optional<KafkaSchemaMetadata> schema_metadata(detail::Slice slice,
                                                                          std::string_view path) const;

  const detail::EventText* text_;
  const detail::RecordHead* fields_;  // the first part of its Fields
};

template <>
struct detail::PayloadField<KafkaRecord> {
  static constexpr std::string_view name = "value";
  static std::optional<std::string_view> text(const KafkaRecord& record) { return record.value(); }
};

}  // namespace batchproof::inline v0_1
