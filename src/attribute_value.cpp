#include <algorithm>
#include <batchproof/attribute_value.hpp>
#include <batchproof/detail/utf8.hpp>
#include <string>

#include "field_names.hpp"
#include "field_reader.hpp"

namespace batchproof::inline v0_1 {
namespace {

using Type = AttributeValue::Type;
using TypeNames =
    detail::FieldNames<detail::NamedField{"S", Type::string}, detail::NamedField{"N", Type::number},
                       detail::NamedField{"B", Type::binary}, detail::NamedField{"SS", Type::string_set},
                       detail::NamedField{"NS", Type::number_set}, detail::NamedField{"BS", Type::binary_set},
                       detail::NamedField{"M", Type::map}, detail::NamedField{"L", Type::list},
                       detail::NamedField{"NULL", Type::null}, detail::NamedField{"BOOL", Type::boolean}>;

constexpr bool names_stand_in_the_order_of_types = [] {
  for (std::size_t index = 0; index < TypeNames::fields.size(); ++index) {
    if (TypeNames::fields[index] != static_cast<Type>(index)) return false;
  }
  return TypeNames::fields.back() == Type::boolean;
}();
static_assert(names_stand_in_the_order_of_types);

}  // namespace

std::string_view name(AttributeValue::Type type) noexcept {
  return TypeNames::names[static_cast<std::size_t>(type)];
}

std::int64_t AttributeNumber::to_int64() const { return detail::to_number<std::int64_t>(text_, place_); }
std::uint64_t AttributeNumber::to_uint64() const { return detail::to_number<std::uint64_t>(text_, place_); }
double AttributeNumber::to_double() const { return detail::to_number<double>(text_, place_); }

/// Reads values at a cursor over a part of the event.
struct AttributeValue::Reader {
  const detail::EventText& text;
  detail::Slice part;
  detail::Place place;

  /// Reads one value: an object of exactly one member, whose name is a type. Anything else becomes a value
  /// without a type, which throws only when it is asked for, so that the other values stay readable.
  AttributeValue value(detail::Cursor& cursor) const {
    AttributeValue read;
    read.text_ = &text;
    read.place_ = place;
    if (cursor.peek() != '{') {
      read.content_ = detail::within(part, cursor.value());
      return read;
    }
    const auto begin = static_cast<std::uint32_t>(cursor.offset());
    std::size_t known = 0;
    TypeNames::walk(cursor, [&](detail::Cursor& at, Type type) {
      ++known;
      read.type_ = type;
      read.content_ = detail::within(part, at.value());
    });
    if (known != 1) {
      read.type_.reset();
      read.content_ = detail::within(part, {begin, cursor.end_of_nested() - begin});
    }
    return read;
  }
};

AttributeValue::Type AttributeValue::type() const {
  if (!type_) {
    detail::fail_field(
        "not an attribute value, such as {\"S\": \"text\"}: " + detail::excerpt(text_->raw(content_), 60),
        place_);
  }
  return *type_;
}

detail::Slice AttributeValue::content_of(Type expected) const {
  if (type() != expected) {
    detail::fail_field("an attribute of type " + std::string(name(expected)) + " expected, found " +
                           std::string(name(*type_)) + ": " + detail::excerpt(text_->raw(content_), 60),
                       place_);
  }
  return content_;
}

std::string_view AttributeValue::as_string() const { return text_->string(content_of(Type::string), place_); }

AttributeNumber AttributeValue::as_number() const {
  return {text_->string(content_of(Type::number), place_), place_};
}

std::string_view AttributeValue::as_binary() const { return text_->bytes(content_of(Type::binary), place_); }

bool AttributeValue::as_boolean() const {
  const std::string_view literal = text_->raw(content_of(Type::boolean));
  if (literal == "true") return true;
  if (literal == "false") return false;
  detail::fail_field("true or false expected, found " + detail::excerpt(literal, 40), place_);
}

AttributeMap AttributeValue::as_map() const { return {*text_, content_of(Type::map), place_}; }

std::vector<AttributeValue> AttributeValue::as_list() const {
  std::vector<AttributeValue> values;
  const detail::Slice list = content_of(Type::list);
  const Reader reader{*text_, list, place_};
  detail::read_value(*text_, list, place_, [&](detail::Cursor& cursor) {
    detail::walk_array(cursor, [&] { values.push_back(reader.value(cursor)); });
  });
  return values;
}

namespace {

std::vector<detail::Slice> elements(const detail::EventText& text, detail::Slice set, detail::Place place) {
  std::vector<detail::Slice> slices;
  detail::read_value(text, set, place, [&](detail::Cursor& cursor) {
    detail::walk_array(cursor, [&] { slices.push_back(detail::within(set, cursor.value())); });
  });
  return slices;
}

}  // namespace

std::vector<std::string_view> AttributeValue::as_string_set() const {
  std::vector<std::string_view> values;
  for (const detail::Slice slice : elements(*text_, content_of(Type::string_set), place_)) {
    values.push_back(text_->string(slice, place_));
  }
  return values;
}

std::vector<AttributeNumber> AttributeValue::as_number_set() const {
  std::vector<AttributeNumber> values;
  for (const detail::Slice slice : elements(*text_, content_of(Type::number_set), place_)) {
    values.push_back({text_->string(slice, place_), place_});
  }
  return values;
}

std::vector<std::string_view> AttributeValue::as_binary_set() const {
  std::vector<std::string_view> values;
  for (const detail::Slice slice : elements(*text_, content_of(Type::binary_set), place_)) {
    values.push_back(text_->bytes(slice, place_));
  }
  return values;
}

AttributeMap::AttributeMap(const detail::EventText& text, detail::Slice object, detail::Place place)
    : place_(place) {
  const AttributeValue::Reader reader{text, object, place};
  entries_.reserve(8);
  detail::walk_entries(text, object, place, [&](detail::Cursor& cursor, detail::Slice name) {
    AttributeValue value = reader.value(cursor);
    entries_.push_back({text.string(name, place), value});
  });
}

std::optional<AttributeValue> AttributeMap::find(std::string_view name) const {
  const auto found = std::find_if(entries_.begin(), entries_.end(),
                                  [name](const Entry& entry) { return entry.name == name; });
  if (found == entries_.end()) return std::nullopt;
  return found->value;
}

AttributeValue AttributeMap::at(std::string_view name) const {
  if (const auto value = find(name)) return *value;
  detail::fail_field("there is no attribute \"" + std::string(name) + "\"", place_);
}

}  // namespace batchproof::inline v0_1
