#include "accessors.hpp"

#include <string>
#include <type_traits>

#include "check.hpp"

namespace batchproof::fuzz {
namespace {

/// Reads every byte, so that the address sanitizer checks each.
std::uint64_t hash_of(std::string_view text) {
  std::uint64_t hash = text.size();
  for (const char byte : text) hash = hash * 31 + static_cast<unsigned char>(byte);
  return hash;
}

template <class Value>
constexpr bool is_optional = requires(const Value& value) {
  value.has_value();
};

}  // namespace

void Accessors::note(std::string_view text) { seen_.push_back({text, hash_of(text)}); }

template <class Value>
void Accessors::note_value(const Value& value) {
  if constexpr (is_optional<Value>) {
    if (value) note_value(*value);
  } else if constexpr (std::is_convertible_v<Value, std::string_view>) {
    note(value);
  } else if constexpr (std::is_same_v<Value, AttributeNumber> || std::is_same_v<Value, AttributeMap>) {
    read(value);
  }
}

template <class Read>
void Accessors::call(Read&& accessor) {
  try {
    if constexpr (std::is_void_v<decltype(accessor())>) {
      accessor();
    } else {
      note_value(accessor());
    }
  } catch (const RecordError& error) {
    const bool is_of_kafka = !error.json_pointer().starts_with("/Records/");  // its index is that of a list
    const std::string record = is_of_kafka ? "" : "/Records/" + std::to_string(record_index_);
    require(is_json_pointer_within(error.json_pointer(), record),
            "the place of a RecordError is in its record", error.json_pointer());
    require(is_utf8(error.what()), "the text of a RecordError is UTF-8");
  }
}

template <>
void Accessors::read(const SqsRecord& record) {
  record_index_ = record.index();
  note(record.message_id());
  note(record.event_source());
  call([&] { return record.receipt_handle(); });
  call([&] { return record.body(); });
  call([&] { return record.md5_of_body(); });
  call([&] { return record.md5_of_message_attributes(); });
  call([&] { return record.event_source_arn(); });
  call([&] { return record.aws_region(); });
  call([&] { return record.message_group_id(); });
  require(!record.item_identifier().empty(), "an identifier is not empty");
  static_cast<void>(record.from_fifo_queue());
  call([&] {
    const SqsAttributes attributes = record.attributes();
    call([&] { return attributes.approximate_receive_count(); });
    call([&] { return attributes.sent_timestamp(); });
    call([&] { return attributes.approximate_first_receive_timestamp(); });
    call([&] { return attributes.sender_id(); });
    call([&] { return attributes.sequence_number(); });
    call([&] { return attributes.message_group_id(); });
    call([&] { return attributes.message_deduplication_id(); });
    call([&] { return attributes.aws_trace_header(); });
    call([&] { return attributes.dead_letter_queue_source_arn(); });
    call([&] { return attributes.find("SenderId"); });
  });
  call([&] {
    for (const SqsMessageAttribute& attribute : record.message_attributes()) {
      note(attribute.name());
      call([&] { return attribute.data_type(); });
      call([&] { return attribute.string_value(); });
      call([&] { return attribute.binary_value(); });
      require(record.message_attribute(attribute.name()).has_value(), "an attribute is found by its name");
    }
  });
}

template <>
void Accessors::read(const KinesisStreamRecord& record) {
  record_index_ = record.index();
  note(record.sequence_number());
  note(record.event_source());
  call([&] { return record.partition_key(); });
  call([&] { return record.data(); });
  call([&] { return record.approximate_arrival_timestamp(); });
  call([&] { return record.kinesis_schema_version(); });
  call([&] { return record.encryption_type(); });
  call([&] { return record.event_id(); });
  call([&] { return record.shard_id(); });
  call([&] { return record.event_name(); });
  call([&] { return record.event_version(); });
  call([&] { return record.event_source_arn(); });
  call([&] { return record.invoke_identity_arn(); });
  call([&] { return record.aws_region(); });
  require(!record.item_identifier().empty(), "an identifier is not empty");
}

template <>
void Accessors::read(const DynamoDbRecord& record) {
  record_index_ = record.index();
  note(record.sequence_number());
  note(record.event_source());
  call([&] { return record.kind(); });
  call([&] { return record.keys(); });
  call([&] { return record.new_image(); });
  call([&] { return record.old_image(); });
  call([&] { return record.approximate_creation_date_time(); });
  call([&] { return record.approximate_creation_date_time_precision(); });
  call([&] { return record.size_bytes(); });
  call([&] { return record.stream_view_type(); });
  call([&] { return record.event_id(); });
  call([&] { return record.event_name(); });
  call([&] { return record.event_version(); });
  call([&] { return record.event_source_arn(); });
  call([&] { return record.aws_region(); });
  call([&] { return record.user_identity_type(); });
  call([&] { return record.user_identity_principal_id(); });
  call([&] { return record.is_ttl_delete(); });
  require(!record.item_identifier().empty(), "an identifier is not empty");
}

template <>
void Accessors::read(const KafkaRecord& record) {
  record_index_ = record.index();
  note(record.topic());
  note(record.topic_partition());
  note(record.event_source());
  call([&] { return record.key(); });
  call([&] { return record.value(); });
  call([&] {
    for (const KafkaHeader& header : record.headers()) note(header.name);
  });
  call([&] { return record.timestamp(); });
  call([&] { return record.timestamp_type(); });
  call([&] { record.key_schema_metadata(); });
  call([&] { record.value_schema_metadata(); });
  call([&] { return record.event_source_arn(); });
  call([&] { return record.bootstrap_servers(); });
  require(record.partition() >= 0 && record.offset() >= 0, "a partition and an offset are 0 or more");
  require(!record.item_identifier().empty(), "an identifier is not empty");
}

void Accessors::read(const AttributeMap& map) {
  require(map.empty() == (map.size() == 0), "an empty map has no attributes");
  for (const AttributeMap::Entry& entry : map) {
    note(entry.name);
    require(map.contains(entry.name), "an attribute is found by its name");
    call([&] { read(entry.value); });
  }
}

void Accessors::read(const AttributeNumber& number) {
  note(number.text());
  call([&] { return number.to_int64(); });
  call([&] { return number.to_uint64(); });
  call([&] { return number.to_double(); });
}

void Accessors::read(const AttributeValue& value) {
  switch (value.type()) {
    case AttributeValue::Type::string:
      return note(value.as_string());
    case AttributeValue::Type::number:
      return read(value.as_number());
    case AttributeValue::Type::binary:
      return note(value.as_binary());
    case AttributeValue::Type::string_set:
      for (const std::string_view element : value.as_string_set()) note(element);
      return;
    case AttributeValue::Type::number_set:
      for (const AttributeNumber& element : value.as_number_set()) read(element);
      return;
    case AttributeValue::Type::binary_set:
      for (const std::string_view element : value.as_binary_set()) note(element);
      return;
    case AttributeValue::Type::map:
      return read(value.as_map());
    case AttributeValue::Type::list:
      for (const AttributeValue& element : value.as_list()) {
        call([&] { read(element); });
      }
      return;
    case AttributeValue::Type::null:
      return require(value.is_null(), "a null is null");
    case AttributeValue::Type::boolean:
      call([&] { return value.as_boolean(); });
      return;
  }
}

void Accessors::require_unchanged() const {
  for (const auto& [text, hash] : seen_) require(hash_of(text) == hash, "a text lives as long as its event");
}

}  // namespace batchproof::fuzz
