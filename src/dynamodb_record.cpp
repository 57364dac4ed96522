#include <algorithm>
#include <batchproof/detail/utf8.hpp>
#include <batchproof/dynamodb_record.hpp>
#include <batchproof/errors.hpp>
#include <string>
#include <utility>
#include <vector>

#include "dynamodb_fields.hpp"
#include "field_reader.hpp"
#include "ordering_keys_by.hpp"

namespace batchproof::inline v0_1 {

using detail::DynamoDbField;

namespace {

constexpr std::string_view precision_path = "dynamodb/ApproximateCreationDateTimePrecision";

}  // namespace

inline const DynamoDbRecord::Fields& DynamoDbRecord::fields() const noexcept {
  return static_cast<const Fields&>(*fields_);
}

std::string_view DynamoDbRecord::sequence_number() const noexcept { return fields().sequence_number; }

ChangeKind DynamoDbRecord::kind() const {
  const std::string_view name =
      text_->string(fields()[DynamoDbField::event_name], {fields_->place_number, "eventName"});
  if (name == "INSERT") return ChangeKind::insert;
  if (name == "MODIFY") return ChangeKind::modify;
  if (name == "REMOVE") return ChangeKind::remove;
  detail::fail_field("INSERT, MODIFY or REMOVE expected, found " + detail::excerpt(name, 40),
                     {fields_->place_number, "eventName"});
}

OptionalAttributeMap DynamoDbRecord::image(detail::Slice slice, std::string_view path) const {
  if (text_->absent(slice)) return std::nullopt;
  return AttributeMap(*text_, slice, {fields_->place_number, path});
}

OptionalAttributeMap DynamoDbRecord::keys() const {
  return image(fields()[DynamoDbField::keys], "dynamodb/Keys");
}
OptionalAttributeMap DynamoDbRecord::new_image() const {
  return image(fields()[DynamoDbField::new_image], "dynamodb/NewImage");
}
OptionalAttributeMap DynamoDbRecord::old_image() const {
  return image(fields()[DynamoDbField::old_image], "dynamodb/OldImage");
}

std::optional<std::chrono::system_clock::time_point> DynamoDbRecord::approximate_creation_date_time() const {
  const detail::Slice slice = fields()[DynamoDbField::approximate_creation_date_time];
  if (text_->absent(slice)) return std::nullopt;
  const detail::Place place{fields_->place_number, "dynamodb/ApproximateCreationDateTime"};
  const auto precision = approximate_creation_date_time_precision();
  if (!precision) return detail::from_unit_of_its_size(text_->raw(slice), place);
  if (*precision == "SECOND") return detail::from_unit<std::ratio<1>>(text_->raw(slice), place);
  if (*precision == "MILLISECOND") return detail::from_unit<std::milli>(text_->raw(slice), place);
  if (*precision == "MICROSECOND") return detail::from_unit<std::micro>(text_->raw(slice), place);
  detail::fail_field("SECOND, MILLISECOND or MICROSECOND expected, found " + detail::excerpt(*precision, 40),
                     {fields_->place_number, precision_path});
}

std::optional<std::string_view> DynamoDbRecord::approximate_creation_date_time_precision() const {
  return detail::optional_string(*text_, fields()[DynamoDbField::approximate_creation_date_time_precision],
                                 {fields_->place_number, precision_path});
}

std::optional<std::uint64_t> DynamoDbRecord::size_bytes() const {
  if (text_->absent(fields()[DynamoDbField::size_bytes])) return std::nullopt;
  return detail::to_number<std::uint64_t>(text_->raw(fields()[DynamoDbField::size_bytes]),
                                          {fields_->place_number, "dynamodb/SizeBytes"});
}

std::optional<std::string_view> DynamoDbRecord::stream_view_type() const {
  return detail::optional_string(*text_, fields()[DynamoDbField::stream_view_type],
                                 {fields_->place_number, "dynamodb/StreamViewType"});
}

std::optional<std::string_view> DynamoDbRecord::event_id() const {
  return detail::optional_string(*text_, fields()[DynamoDbField::event_id],
                                 {fields_->place_number, "eventID"});
}

std::optional<std::string_view> DynamoDbRecord::event_name() const {
  return detail::optional_string(*text_, fields()[DynamoDbField::event_name],
                                 {fields_->place_number, "eventName"});
}

std::optional<std::string_view> DynamoDbRecord::event_version() const {
  return detail::optional_string(*text_, fields()[DynamoDbField::event_version],
                                 {fields_->place_number, "eventVersion"});
}

std::optional<std::string_view> DynamoDbRecord::event_source_arn() const {
  return detail::optional_string(*text_, fields()[DynamoDbField::event_source_arn],
                                 {fields_->place_number, "eventSourceARN"});
}

std::optional<std::string_view> DynamoDbRecord::aws_region() const {
  return detail::optional_string(*text_, fields()[DynamoDbField::aws_region],
                                 {fields_->place_number, "awsRegion"});
}

std::optional<std::string_view> DynamoDbRecord::user_identity(std::string_view name) const {
  const detail::Slice identity = fields()[DynamoDbField::user_identity];
  if (text_->absent(identity)) return std::nullopt;
  const detail::Place place{fields_->place_number, "userIdentity"};
  return detail::optional_string(*text_, detail::find_entry(*text_, identity, place, name), place);
}

std::optional<std::string_view> DynamoDbRecord::user_identity_type() const { return user_identity("type"); }

std::optional<std::string_view> DynamoDbRecord::user_identity_principal_id() const {
  return user_identity("principalId");
}

bool DynamoDbRecord::is_ttl_delete() const {
  return event_name() == "REMOVE" && user_identity_type() == "Service" &&
         user_identity_principal_id() == "dynamodb.amazonaws.com";
}

}  // namespace batchproof::inline v0_1

namespace batchproof::inline v0_1::detail {
namespace {

std::string_view value_of(const AttributeValue& key) {
  switch (key.type()) {
    case AttributeValue::Type::number:
      return key.as_number().text();
    case AttributeValue::Type::binary:
      return key.as_binary();
    default:
      return key.as_string();  // throws for a type that no key can have
  }
}

/// A text that names one item, in whatever order its keys are written; nothing when they cannot be read.
std::optional<std::string> item_of(const DynamoDbRecord& record) {
  try {
    const auto keys = record.keys();
    if (!keys || keys->empty()) return std::nullopt;
    std::vector<AttributeMap::Entry> entries(keys->begin(), keys->end());
    std::sort(entries.begin(), entries.end(),
              [](const auto& left, const auto& right) { return left.name < right.name; });
    std::string item;
    for (const AttributeMap::Entry& entry : entries) {
      append_with_size(item, entry.name);
      append_with_size(item, name(entry.value.type()));
      append_with_size(item, value_of(entry.value));
    }
    return item;
  } catch (const RecordError&) {
    return std::nullopt;
  }
}

}  // namespace

template <>
OrderingKeys ordering_keys_of(const Event<DynamoDbRecord>& event, Ordering) {
  return ordering_keys_by_made(event, item_of);
}

}  // namespace batchproof::inline v0_1::detail
