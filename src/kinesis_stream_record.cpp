#include <batchproof/detail/aggregated_record.hpp>
#include <batchproof/detail/utf8.hpp>
#include <batchproof/errors.hpp>
#include <batchproof/kinesis_stream_record.hpp>

#include "field_reader.hpp"
#include "kinesis_fields.hpp"
#include "ordering_keys_by.hpp"

namespace batchproof::inline v0_1 {

using detail::KinesisField;

inline const KinesisStreamRecord::Fields& KinesisStreamRecord::fields() const noexcept {
  return static_cast<const Fields&>(*fields_);
}

std::string_view KinesisStreamRecord::sequence_number() const noexcept { return fields().sequence_number; }

std::string_view KinesisStreamRecord::partition_key() const {
  return text_->string(fields()[KinesisField::partition_key],
                       {fields_->place_number, "kinesis/partitionKey"});
}

std::string_view KinesisStreamRecord::data() const {
  return text_->bytes(fields().lazy(KinesisField::data), {fields_->place_number, "kinesis/data"});
}

std::chrono::system_clock::time_point KinesisStreamRecord::approximate_arrival_timestamp() const {
  return detail::from_unit<std::ratio<1>>(text_->raw(fields()[KinesisField::approximate_arrival_timestamp]),
                                          {fields_->place_number, "kinesis/approximateArrivalTimestamp"});
}

std::string_view KinesisStreamRecord::kinesis_schema_version() const {
  return text_->string(fields()[KinesisField::schema_version],
                       {fields_->place_number, "kinesis/kinesisSchemaVersion"});
}

std::optional<std::string_view> KinesisStreamRecord::encryption_type() const {
  return detail::optional_string(*text_, fields()[KinesisField::encryption_type],
                                 {fields_->place_number, "kinesis/encryptionType"});
}

std::string_view KinesisStreamRecord::event_id() const {
  return text_->string(fields()[KinesisField::event_id], {fields_->place_number, "eventID"});
}

std::string_view KinesisStreamRecord::shard_id() const {
  const std::string_view id = event_id();
  const std::size_t colon = id.find(':');
  if (colon == std::string_view::npos) {
    detail::fail_field("shardId:sequenceNumber expected, found " + detail::excerpt(id, 80),
                       {fields_->place_number, "eventID"});
  }
  return id.substr(0, colon);
}

std::string_view KinesisStreamRecord::event_name() const {
  return text_->string(fields()[KinesisField::event_name], {fields_->place_number, "eventName"});
}

std::string_view KinesisStreamRecord::event_version() const {
  return text_->string(fields()[KinesisField::event_version], {fields_->place_number, "eventVersion"});
}

std::string_view KinesisStreamRecord::event_source_arn() const {
  return text_->string(fields()[KinesisField::event_source_arn], {fields_->place_number, "eventSourceARN"});
}

std::string_view KinesisStreamRecord::invoke_identity_arn() const {
  return text_->string(fields()[KinesisField::invoke_identity_arn],
                       {fields_->place_number, "invokeIdentityArn"});
}

std::string_view KinesisStreamRecord::aws_region() const {
  return text_->string(fields()[KinesisField::aws_region], {fields_->place_number, "awsRegion"});
}

}  // namespace batchproof::inline v0_1

namespace batchproof::inline v0_1::detail {
namespace {

bool is_aggregate(const KinesisStreamRecord& record) {
  try {
    return record.data().starts_with(aggregate_beginning);
  } catch (const RecordError&) {
    return false;
  }
}

/// None for an aggregate, whose user records have partition keys of their own.
std::optional<std::string_view> partition_key_of(const KinesisStreamRecord& record) {
  if (is_aggregate(record)) return std::nullopt;
  try {
    return record.partition_key();
  } catch (const RecordError&) {
    return std::nullopt;
  }
}

}  // namespace

template <>
OrderingKeys ordering_keys_of(const Event<KinesisStreamRecord>& event, Ordering) {
  return ordering_keys_by(event, partition_key_of);
}

}  // namespace batchproof::inline v0_1::detail
