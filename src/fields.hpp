#pragma once

// Where the fields of a record stand in the payload, as `decode` found them. A source's names and fields are
// in one order, that in which AWS sends them, so that a name's position is its field's.

#include <array>
#include <batchproof/detail/event_text.hpp>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace batchproof::detail {

/// What the fields of every source are made of; `Field` is the source's enumeration of its fields.
template <class Field, Field field_count>
struct FieldTable : RecordHead {
  std::array<Slice, static_cast<std::size_t>(field_count)> slices{};

  Slice operator[](Field field) const noexcept { return slices[static_cast<std::size_t>(field)]; }
  LazyText lazy(Field field) const noexcept { return {(*this)[field], lazy_state}; }
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

struct SqsFields : FieldTable<SqsField, SqsField::count> {
  std::string_view order_group;  ///< without data where there is no group, or none that is text
  bool from_fifo_queue = false;
};

enum class KinesisField {
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

struct KinesisFields : FieldTable<KinesisField, KinesisField::count> {};

enum class DynamoDbField {
  approximate_creation_date_time,
  keys,
  new_image,
  old_image,
  sequence_number,
  size_bytes,
  stream_view_type,
  event_id,
  event_name,
  event_version,
  event_source,
  aws_region,
  event_source_arn,
  user_identity,
  count
};

struct DynamoDbFields : FieldTable<DynamoDbField, DynamoDbField::count> {};

}  // namespace batchproof::detail
