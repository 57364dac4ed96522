#pragma once

// The fields of a Kinesis record.

#include "field_names.hpp"
#include "field_table.hpp"

namespace batchproof::inline v0_1::detail {

enum class KinesisField {
  kinesis,  ///< the object that holds the fields up to `encryption_type`; its place is kept even if it is no
            ///< object
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

  /// Of a record of EventBridge Pipes, which has no inner object ("Amazon Kinesis stream as a source",
  /// EventBridge user guide, example event).
  using FlatNames = JoinedNames<Names, InnerNames>;

  static constexpr KinesisField lazy_field = KinesisField::data;
  static constexpr KinesisField inner_object = KinesisField::kinesis;
  static constexpr KinesisField pipe_identifier = KinesisField::event_id;
  static constexpr KinesisField identifier = KinesisField::sequence_number;
  static constexpr const char* identifier_path = "kinesis/sequenceNumber";
  static constexpr QuotedText source{"aws:kinesis"};
  static constexpr const char* processors = "BatchProcessor<KinesisStreamRecord>";

  Slice json{};                      ///< the whole record, for a dead letter
  std::string_view sequence_number;  ///< but for a record of a pipe the identifier too
};

}  // namespace batchproof::inline v0_1::detail
