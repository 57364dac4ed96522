#include <batchproof/sqs_record.hpp>

#include "field_reader.hpp"
#include "ordering_keys_by.hpp"
#include "sqs_fields.hpp"

namespace batchproof::inline v0_1 {

using detail::SqsField;

namespace {

enum class Known {
  receive_count,
  sent,
  sender,
  first_receive,
  sequence,
  group,
  deduplication,
  trace_header,
  dead_letter_source,
  count
};

using KnownNames = detail::FieldNames<
    detail::NamedField{"ApproximateReceiveCount", Known::receive_count},
    detail::NamedField{"SentTimestamp", Known::sent}, detail::NamedField{"SenderId", Known::sender},
    detail::NamedField{"ApproximateFirstReceiveTimestamp", Known::first_receive},
    detail::NamedField{"SequenceNumber", Known::sequence}, detail::NamedField{"MessageGroupId", Known::group},
    detail::NamedField{"MessageDeduplicationId", Known::deduplication},
    detail::NamedField{"AWSTraceHeader", Known::trace_header},
    detail::NamedField{"DeadLetterQueueSourceArn", Known::dead_letter_source}>;
static_assert(detail::name_all_fields<Known, KnownNames>);

constexpr std::size_t index_of(Known attribute) { return static_cast<std::size_t>(attribute); }

detail::Place attributes_place(std::uint32_t place_number) { return {place_number, "attributes"}; }

}  // namespace

SqsAttributes::SqsAttributes(const detail::EventText& text, detail::Slice attributes,
                             std::uint32_t place_number)
    : text_(&text), all_(attributes), place_number_(place_number) {
  if (text.absent(attributes)) return;
  detail::read_value(text, attributes, attributes_place(place_number), [this](detail::Cursor& cursor) {
    KnownNames::walk(cursor, [this](detail::Cursor& at, Known attribute) {
      known_[index_of(attribute)] = detail::within(all_, at.value());
    });
  });
}

std::optional<std::string_view> SqsAttributes::known(std::size_t index) const {
  return detail::optional_string(*text_, known_[index], attributes_place(place_number_));
}

std::optional<std::uint64_t> SqsAttributes::approximate_receive_count() const {
  const auto digits = known(index_of(Known::receive_count));
  if (!digits) return std::nullopt;
  return detail::to_number<std::uint64_t>(*digits, {place_number_, "attributes/ApproximateReceiveCount"});
}

std::optional<std::chrono::system_clock::time_point> SqsAttributes::sent_timestamp() const {
  const auto digits = known(index_of(Known::sent));
  if (!digits) return std::nullopt;
  return detail::from_milliseconds(*digits, {place_number_, "attributes/SentTimestamp"});
}

std::optional<std::chrono::system_clock::time_point> SqsAttributes::approximate_first_receive_timestamp()
    const {
  const auto digits = known(index_of(Known::first_receive));
  if (!digits) return std::nullopt;
  return detail::from_milliseconds(*digits, {place_number_, "attributes/ApproximateFirstReceiveTimestamp"});
}

std::optional<std::string_view> SqsAttributes::sender_id() const { return known(index_of(Known::sender)); }
std::optional<std::string_view> SqsAttributes::sequence_number() const {
  return known(index_of(Known::sequence));
}
std::optional<std::string_view> SqsAttributes::message_group_id() const {
  return known(index_of(Known::group));
}
std::optional<std::string_view> SqsAttributes::message_deduplication_id() const {
  return known(index_of(Known::deduplication));
}
std::optional<std::string_view> SqsAttributes::aws_trace_header() const {
  return known(index_of(Known::trace_header));
}
std::optional<std::string_view> SqsAttributes::dead_letter_queue_source_arn() const {
  return known(index_of(Known::dead_letter_source));
}

std::optional<std::string_view> SqsAttributes::find(std::string_view name) const {
  if (text_->absent(all_)) return std::nullopt;
  const detail::Place place = attributes_place(place_number_);
  return detail::optional_string(*text_, detail::find_entry(*text_, all_, place, name), place);
}

std::string_view SqsMessageAttribute::data_type() const {
  return text_->string(data_type_, {place_number_, "messageAttributes"});
}

std::optional<std::string_view> SqsMessageAttribute::string_value() const {
  return detail::optional_string(*text_, string_value_, {place_number_, "messageAttributes"});
}

std::optional<std::string_view> SqsMessageAttribute::binary_value() const {
  if (text_->absent(binary_value_)) return std::nullopt;
  return text_->bytes(binary_value_, {place_number_, "messageAttributes"});
}

inline const SqsRecord::Fields& SqsRecord::fields() const noexcept {
  return static_cast<const Fields&>(*fields_);
}

std::string_view SqsRecord::receipt_handle() const {
  return text_->string(fields()[SqsField::receipt_handle], {fields_->place_number, "receiptHandle"});
}

std::string_view SqsRecord::body() const {
  return text_->string(fields().lazy(SqsField::body), {fields_->place_number, "body"});
}

SqsAttributes SqsRecord::attributes() const {
  return {*text_, fields()[SqsField::attributes], fields_->place_number};
}

std::optional<std::string_view> SqsRecord::message_group_id() const {
  const auto group = detail::order_group(*this);
  return group.data() != nullptr ? group : attributes().message_group_id();
}

std::vector<SqsMessageAttribute> SqsRecord::message_attributes() const {
  std::vector<SqsMessageAttribute> attributes;
  const detail::Slice all = fields()[SqsField::message_attributes];
  if (text_->absent(all)) return attributes;
  const detail::Place place{fields_->place_number, "messageAttributes"};
  detail::walk_entries(*text_, all, place, [&](detail::Cursor& cursor, detail::Slice name) {
    SqsMessageAttribute& attribute = attributes.emplace_back();
    attribute.text_ = text_;
    attribute.name_ = text_->string(name, place);
    attribute.place_number_ = fields_->place_number;
    detail::Slice* const slices[] = {&attribute.string_value_, &attribute.binary_value_,
                                     &attribute.data_type_};
    detail::walk_object<"stringValue", "binaryValue", "dataType">(
        cursor,
        [&](detail::Cursor& at, std::size_t index) { *slices[index] = detail::within(all, at.value()); });
  });
  return attributes;
}

std::optional<SqsMessageAttribute> SqsRecord::message_attribute(std::string_view name) const {
  for (const SqsMessageAttribute& attribute : message_attributes()) {
    if (attribute.name() == name) return attribute;
  }
  return std::nullopt;
}

std::string_view SqsRecord::md5_of_body() const {
  return text_->string(fields()[SqsField::md5_of_body], {fields_->place_number, "md5OfBody"});
}

std::optional<std::string_view> SqsRecord::md5_of_message_attributes() const {
  return detail::optional_string(*text_, fields()[SqsField::md5_of_message_attributes],
                                 {fields_->place_number, "md5OfMessageAttributes"});
}

std::string_view SqsRecord::event_source_arn() const {
  return text_->string(fields()[SqsField::event_source_arn], {fields_->place_number, "eventSourceARN"});
}

std::string_view SqsRecord::aws_region() const {
  return text_->string(fields()[SqsField::aws_region], {fields_->place_number, "awsRegion"});
}

bool SqsRecord::from_fifo_queue() const noexcept { return fields().from_fifo_queue; }

std::string_view detail::order_group(const SqsRecord& record) noexcept { return record.fields().order_group; }

}  // namespace batchproof::inline v0_1

namespace batchproof::inline v0_1::detail {
namespace {

std::optional<std::string_view> message_group_of(const SqsRecord& record) {
  const std::string_view group = order_group(record);
  return group.data() == nullptr ? std::nullopt : std::optional(group);
}

}  // namespace

template <>
OrderingKeys ordering_keys_of(const Event<SqsRecord>& event, Ordering ordering) {
  if (ordering == Ordering::message_group) return ordering_keys_by(event, message_group_of);
  OrderingKeys keys(event.size());
  for (std::size_t index = 0; index < keys.size(); ++index) keys[index] = index;
  return keys;
}

}  // namespace batchproof::inline v0_1::detail
