#pragma once

// The fields of each source's records: their names, and where `decode` found them in the payload.

#include <array>
#include <batchproof/detail/event_text.hpp>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>

#include "field_names.hpp"

namespace batchproof::detail {

/// Where the fields of a record stand; `Field` is the source's enumeration of its fields.
template <class Field>
struct FieldTable : RecordHead {
  std::array<Slice, static_cast<std::size_t>(Field::count)> slices{};

  Slice& operator[](Field field) noexcept { return slices[static_cast<std::size_t>(field)]; }
  Slice operator[](Field field) const noexcept { return slices[static_cast<std::size_t>(field)]; }
  LazyText lazy(Field field) const noexcept { return {(*this)[field], lazy_state, lazy_place}; }
};

enum class SqsField {
  message_id,
  receipt_handle,
  body,
  attributes,
  message_attributes,
  md5_of_body,
  event_source,
  event_source_arn,
  aws_region,
  md5_of_message_attributes,
  count
};

struct SqsFields : FieldTable<SqsField> {
  using Names = FieldNames<
      NamedField{"messageId", SqsField::message_id}, NamedField{"receiptHandle", SqsField::receipt_handle},
      NamedField{"body", SqsField::body}, NamedField{"attributes", SqsField::attributes},
      NamedField{"messageAttributes", SqsField::message_attributes},
      NamedField{"md5OfBody", SqsField::md5_of_body}, NamedField{"eventSource", SqsField::event_source},
      NamedField{"eventSourceARN", SqsField::event_source_arn}, NamedField{"awsRegion", SqsField::aws_region},
      NamedField{"md5OfMessageAttributes", SqsField::md5_of_message_attributes}>;
  static_assert(name_all_fields<SqsField, Names>);

  static constexpr SqsField lazy_field = SqsField::body;
  std::string_view order_group;  ///< without data when there is none, or none that is a string
  bool from_fifo_queue = false;
};

enum class KinesisField {
  kinesis,  ///< the object that holds the fields up to `encryption_type`; its place is kept if it is none
  schema_version,
  partition_key,
  sequence_number,
  data,
  approximate_arrival_timestamp,
  encryption_type,
  event_source,
  event_version,
  event_id,
  event_name,
  invoke_identity_arn,
  aws_region,
  event_source_arn,
  count
};

struct KinesisFields : FieldTable<KinesisField> {
  using Names = FieldNames<
      NamedField{"kinesis", KinesisField::kinesis}, NamedField{"eventSource", KinesisField::event_source},
      NamedField{"eventVersion", KinesisField::event_version}, NamedField{"eventID", KinesisField::event_id},
      NamedField{"eventName", KinesisField::event_name},
      NamedField{"invokeIdentityArn", KinesisField::invoke_identity_arn},
      NamedField{"awsRegion", KinesisField::aws_region},
      NamedField{"eventSourceARN", KinesisField::event_source_arn}>;
  using InnerNames =
      FieldNames<NamedField{"kinesisSchemaVersion", KinesisField::schema_version},
                 NamedField{"partitionKey", KinesisField::partition_key},
                 NamedField{"sequenceNumber", KinesisField::sequence_number},
                 NamedField{"data", KinesisField::data},
                 NamedField{"approximateArrivalTimestamp", KinesisField::approximate_arrival_timestamp},
                 NamedField{"encryptionType", KinesisField::encryption_type}>;
  static_assert(name_all_fields<KinesisField, Names, InnerNames>);

  static constexpr KinesisField lazy_field = KinesisField::data;
  static constexpr KinesisField inner_object = KinesisField::kinesis;
  static constexpr const char* identifier_path = "kinesis/sequenceNumber";
  static constexpr QuotedText source{"aws:kinesis"};
};

enum class DynamoDbField {
  event_id,
  event_name,
  event_version,
  event_source,
  aws_region,
  dynamodb,  ///< the object that holds the fields up to the precision; its place is kept if it is none
  approximate_creation_date_time,
  keys,
  new_image,
  old_image,
  sequence_number,
  size_bytes,
  stream_view_type,
  approximate_creation_date_time_precision,
  event_source_arn,
  user_identity,
  count
};

struct DynamoDbFields : FieldTable<DynamoDbField> {
  using Names = FieldNames<
      NamedField{"eventID", DynamoDbField::event_id}, NamedField{"eventName", DynamoDbField::event_name},
      NamedField{"eventVersion", DynamoDbField::event_version},
      NamedField{"eventSource", DynamoDbField::event_source},
      NamedField{"awsRegion", DynamoDbField::aws_region}, NamedField{"dynamodb", DynamoDbField::dynamodb},
      NamedField{"eventSourceARN", DynamoDbField::event_source_arn},
      NamedField{"userIdentity", DynamoDbField::user_identity}>;
  using InnerNames =
      FieldNames<NamedField{"ApproximateCreationDateTime", DynamoDbField::approximate_creation_date_time},
                 NamedField{"Keys", DynamoDbField::keys}, NamedField{"NewImage", DynamoDbField::new_image},
                 NamedField{"OldImage", DynamoDbField::old_image},
                 NamedField{"SequenceNumber", DynamoDbField::sequence_number},
                 NamedField{"SizeBytes", DynamoDbField::size_bytes},
                 NamedField{"StreamViewType", DynamoDbField::stream_view_type},
                 NamedField{"ApproximateCreationDateTimePrecision",
                            DynamoDbField::approximate_creation_date_time_precision}>;
  static_assert(name_all_fields<DynamoDbField, Names, InnerNames>);

  static constexpr DynamoDbField inner_object = DynamoDbField::dynamodb;
  static constexpr const char* identifier_path = "dynamodb/SequenceNumber";
  static constexpr QuotedText source{"aws:dynamodb"};
};

enum class KafkaField {
  topic,
  partition,
  offset,
  timestamp,
  timestamp_type,
  key,
  value,
  headers,
  key_schema_metadata,
  value_schema_metadata,
  count
};

/// The fields of an event of Kafka that its records share.
enum class KafkaEventField { event_source, event_source_arn, bootstrap_servers, records, count };

struct KafkaEventFields {
  using Names = FieldNames<NamedField{"eventSource", KafkaEventField::event_source},
                           NamedField{"eventSourceArn", KafkaEventField::event_source_arn},
                           NamedField{"bootstrapServers", KafkaEventField::bootstrap_servers},
                           NamedField{"records", KafkaEventField::records}>;
  static_assert(name_all_fields<KafkaEventField, Names>);

  std::array<Slice, static_cast<std::size_t>(KafkaEventField::count)> slices{};
  std::deque<std::string> identifiers;  ///< those of each list, one behind the other

  Slice& operator[](KafkaEventField field) noexcept { return slices[static_cast<std::size_t>(field)]; }
  Slice operator[](KafkaEventField field) const noexcept { return slices[static_cast<std::size_t>(field)]; }
};

struct KafkaFields : FieldTable<KafkaField> {
  using Names =
      FieldNames<NamedField{"topic", KafkaField::topic}, NamedField{"partition", KafkaField::partition},
                 NamedField{"offset", KafkaField::offset}, NamedField{"timestamp", KafkaField::timestamp},
                 NamedField{"timestampType", KafkaField::timestamp_type}, NamedField{"key", KafkaField::key},
                 NamedField{"value", KafkaField::value}, NamedField{"headers", KafkaField::headers},
                 NamedField{"keySchemaMetadata", KafkaField::key_schema_metadata},
                 NamedField{"valueSchemaMetadata", KafkaField::value_schema_metadata}>;
  static_assert(name_all_fields<KafkaField, Names>);
  using EventFields = KafkaEventFields;

  static constexpr KafkaField lazy_field = KafkaField::value;
  const KafkaEventFields* event = nullptr;
  std::string_view topic_partition;  ///< the name of the record's list, such as "orders-0"
  std::int64_t offset = 0;
  std::int32_t partition = 0;
  std::uint32_t index_in_list = 0;
};

}  // namespace batchproof::detail
