#pragma once

// The fields of a DynamoDB change.

#include "field_names.hpp"
#include "field_table.hpp"

namespace batchproof::inline v0_1::detail {

enum class DynamoDbField {
  event_id,
  event_name,
  event_version,
  event_source,
  aws_region,
  dynamodb,  ///< the object that holds the fields up to the precision; its place is kept even if it is no
             ///< object
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
  static constexpr DynamoDbField pipe_identifier = DynamoDbField::event_id;
  static constexpr DynamoDbField identifier = DynamoDbField::sequence_number;
  static constexpr const char* identifier_path = "dynamodb/SequenceNumber";
  static constexpr QuotedText source{"aws:dynamodb"};
  static constexpr const char* processors = "BatchProcessor<DynamoDbRecord>";

  Slice json{};                      ///< the whole record, for a dead letter
  std::string_view sequence_number;  ///< but for a record of a pipe the identifier too
};

}  // namespace batchproof::inline v0_1::detail
