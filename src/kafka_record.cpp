#include <batchproof/detail/text_numbers.hpp>
#include <batchproof/detail/utf8.hpp>
#include <batchproof/kafka_record.hpp>
#include <batchproof/processed_batch.hpp>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <string_view>

#include "field_reader.hpp"
#include "kafka_fields.hpp"
#include "ordering_keys_by.hpp"

namespace batchproof::inline v0_1 {

using detail::KafkaEventField;
using detail::KafkaField;

namespace {

/// What Kafka writes for a record without a time (Apache Kafka, `RecordBatch.NO_TIMESTAMP`).
constexpr std::chrono::milliseconds no_timestamp{-1};

/// A byte of a header: AWS writes it as a signed number, and other tools as an unsigned one.
char header_byte(std::string_view digits, detail::Place place) {
  const auto number = detail::to_number<int>(digits, place);
  if (number < -128 || number > 255) detail::fail_field("not a byte: " + std::string(digits), place);
  return static_cast<char>(number);
}

std::string header_value(detail::Cursor& cursor, std::string_view headers, detail::Place place) {
  std::string bytes;
  if (cursor.peek() == 'n') {
    const detail::Slice null = cursor.value();
    if (headers.substr(null.begin, null.size) != "null") detail::fail_field("bytes expected", place);
    return bytes;
  }
  detail::walk_array(cursor, [&] {
    const detail::Slice number = cursor.value();
    bytes += header_byte(headers.substr(number.begin, number.size), place);
  });
  return bytes;
}

/// A field that the records of an event share.
std::optional<std::string_view> event_string(const detail::EventText& text, detail::Slice slice,
                                             const char* json_pointer) {
  try {
    return detail::optional_string(text, slice, {});
  } catch (const RecordError&) {
    throw RecordError("a string expected, found " + detail::excerpt(text.raw(slice), 40), json_pointer);
  }
}

/// A number that `decode` has checked.
template <class Number>
Number checked_number(std::string_view digits) noexcept {
  Number number{};
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

}  // namespace

inline const KafkaRecord::Fields& KafkaRecord::fields() const noexcept {
  return static_cast<const Fields&>(*fields_);
}

detail::Place KafkaRecord::place(std::string_view path) const noexcept {
  return {fields().index_in_list, path, fields().topic_partition};
}

std::string_view KafkaRecord::topic() const noexcept {
  return topic_partition().substr(0, topic_partition().size() - 1 - fields()[KafkaField::partition].size);
}

std::int32_t KafkaRecord::partition() const noexcept {
  return checked_number<std::int32_t>(text_->raw(fields()[KafkaField::partition]));
}

std::int64_t KafkaRecord::offset() const noexcept {
  return checked_number<std::int64_t>(text_->raw(fields()[KafkaField::offset]));
}

std::string_view KafkaRecord::topic_partition() const noexcept { return fields().topic_partition; }

std::optional<std::string_view> KafkaRecord::key() const {
  const detail::Slice slice = fields()[KafkaField::key];
  return text_->absent(slice) ? std::nullopt : std::optional(text_->bytes(slice, place("key")));
}

std::optional<std::string_view> KafkaRecord::value() const {
  const detail::LazyText lazy = fields().lazy(KafkaField::value);
  return text_->absent(lazy.slice) ? std::nullopt : std::optional(text_->bytes(lazy, place("value")));
}

std::vector<KafkaHeader> KafkaRecord::headers() const {
  std::vector<KafkaHeader> headers;
  const detail::Slice slice = fields()[KafkaField::headers];
  if (text_->absent(slice)) return headers;
  const detail::Place here = place("headers");
  detail::read_value(*text_, slice, here, [&](detail::Cursor& cursor) {
    detail::walk_array(cursor, [&] {
      detail::walk_entries(cursor, [&](detail::Slice name) {
        headers.push_back({text_->string(detail::within(slice, name), here),
                           header_value(cursor, text_->raw(slice), here)});
      });
    });
  });
  return headers;
}

std::chrono::system_clock::time_point KafkaRecord::timestamp() const {
  const std::string_view digits = text_->raw(fields()[KafkaField::timestamp]);
  if (digits == "-1") return std::chrono::system_clock::time_point(no_timestamp);
  return detail::from_milliseconds(digits, place("timestamp"));
}

std::string_view KafkaRecord::timestamp_type() const {
  return text_->string(fields()[KafkaField::timestamp_type], place("timestampType"));
}

std::optional<KafkaSchemaMetadata> KafkaRecord::schema_metadata(detail::Slice slice,
                                                                std::string_view path) const {
  if (text_->absent(slice)) return std::nullopt;
  const detail::Place here = place(path);
  const detail::Slice schema_id = detail::find_entry(*text_, slice, here, "schemaId");
  return KafkaSchemaMetadata{
      text_->string(detail::find_entry(*text_, slice, here, "dataFormat"), here),
      detail::optional_string(*text_, schema_id, here).value_or(""),
  };
}

std::optional<KafkaSchemaMetadata> KafkaRecord::key_schema_metadata() const {
  return schema_metadata(fields()[KafkaField::key_schema_metadata], "keySchemaMetadata");
}

std::optional<KafkaSchemaMetadata> KafkaRecord::value_schema_metadata() const {
  return schema_metadata(fields()[KafkaField::value_schema_metadata], "valueSchemaMetadata");
}

std::string_view KafkaRecord::event_source() const {
  const detail::Slice source = (*fields().event)[KafkaEventField::event_source];
  return text_->absent(source) ? std::string_view() : text_->string(source, {});  // `decode` has checked it
}

std::optional<std::string_view> KafkaRecord::event_source_arn() const {
  return event_string(*text_, (*fields().event)[KafkaEventField::event_source_arn], "/eventSourceArn");
}

std::optional<std::string_view> KafkaRecord::bootstrap_servers() const {
  return event_string(*text_, (*fields().event)[KafkaEventField::bootstrap_servers], "/bootstrapServers");
}

}  // namespace batchproof::inline v0_1

namespace batchproof::inline v0_1::detail {

std::string_view order_group(const KafkaRecord& record) noexcept { return record.topic_partition(); }

std::vector<std::string> lowest_of_each_partition(const std::vector<const KafkaRecord*>& records) {
  TextNumbers partitions;
  std::vector<const KafkaRecord*> lowest;
  for (const KafkaRecord* const record : records) {
    const std::size_t number = partitions.number(record->topic_partition());
    if (number == lowest.size()) lowest.push_back(record);
    if (record->offset() < lowest[number]->offset()) lowest[number] = record;
  }
  std::vector<std::string> identifiers;
  identifiers.reserve(lowest.size());
  for (const KafkaRecord* const record : lowest) identifiers.emplace_back(record->item_identifier());
  return identifiers;
}

namespace {

/// A text that names one key of a partition; nothing when the key cannot be read.
std::optional<std::string> key_in_partition(const KafkaRecord& record) {
  try {
    std::string text;
    append_with_size(text, record.topic_partition());
    if (const auto key = record.key()) append_with_size(text, *key);
    return text;
  } catch (const RecordError&) {
    return std::nullopt;
  }
}

}  // namespace

template <>
OrderingKeys ordering_keys_of(const Event<KafkaRecord>& event, Ordering) {
  return ordering_keys_by(event,
                          [](const KafkaRecord& record) { return std::optional(order_group(record)); });
}

OrderingKeys ordering_keys_within_partitions(const Event<KafkaRecord>& event) {
  return ordering_keys_by_made(event, key_in_partition);
}

}  // namespace batchproof::inline v0_1::detail
