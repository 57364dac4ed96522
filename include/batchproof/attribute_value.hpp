#pragma once

// The values of DynamoDB, in keys and images:
//
//   for (const auto& [name, value] : *record.new_image())
//     if (value.type() == bp::AttributeValue::Type::string) print(name, value.as_string());

#include <batchproof/detail/export.hpp>
#include <batchproof/detail/record_head.hpp>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace batchproof::inline v0_1 {

class AttributeMap;

/// A DynamoDB number: exact text of up to 38 digits. A view that lives as long as its `Event`.
class BATCHPROOF_EXPORT AttributeNumber {
 public:
  /// The digits as DynamoDB sent them; nothing is rounded.
  std::string_view text() const noexcept { return text_; }

  /// Throws `RecordError` when the number has a fraction or does not fit.
  std::int64_t to_int64() const;
  std::uint64_t to_uint64() const;

  /// The nearest double. Throws `RecordError` when the text is not a number or lies beyond all doubles.
  double to_double() const;

 private:
  friend class AttributeValue;
  AttributeNumber(std::string_view text, detail::Place place) noexcept : text_(text), place_(place) {}

  std::string_view text_;
  detail::Place place_;
};

/// One value of a DynamoDB item (DynamoDB API reference, "AttributeValue"). A small view to copy at will; it
/// lives as long as its `Event`, and const access from several threads is safe. Asking for another type than
/// it holds throws `RecordError`, which names both.
class BATCHPROOF_EXPORT AttributeValue {
 public:
  enum class Type { string, number, binary, string_set, number_set, binary_set, map, list, null, boolean };

  Type type() const;
  bool is_null() const { return type() == Type::null; }

  std::string_view as_string() const;
  AttributeNumber as_number() const;
  std::string_view as_binary() const;  ///< the bytes, out of base64
  bool as_boolean() const;
  AttributeMap as_map() const;
  std::vector<AttributeValue> as_list() const;
  std::vector<std::string_view> as_string_set() const;
  std::vector<AttributeNumber> as_number_set() const;
  std::vector<std::string_view> as_binary_set() const;

 private:
  friend class AttributeMap;
  struct BATCHPROOF_NO_EXPORT Reader;
  AttributeValue() = default;
  BATCHPROOF_NO_EXPORT detail::Slice content_of(Type expected) const;

  const detail::EventText* text_ = nullptr;
  detail::Slice content_;
  std::optional<Type> type_;  ///< empty: the JSON is not an attribute value
  detail::Place place_;
};

/// The name of a type as DynamoDB writes it: "S", "N", "BOOL".
BATCHPROOF_EXPORT std::string_view name(AttributeValue::Type type) noexcept;

/// Named values in the order of the payload: keys, an image, or a map within one. The constructor finds the
/// values; each is read only when it is asked for. The views that it returns live as long as the `Event`.
class BATCHPROOF_EXPORT AttributeMap {
 public:
  struct Entry {
    std::string_view name;
    AttributeValue value;
  };

  /// Nothing when there is no attribute of that name.
  std::optional<AttributeValue> find(std::string_view name) const;

  /// Throws `RecordError`, which names the attribute, when there is none.
  AttributeValue at(std::string_view name) const;

  bool contains(std::string_view name) const { return find(name).has_value(); }
  std::size_t size() const noexcept { return entries_.size(); }
  bool empty() const noexcept { return entries_.empty(); }
  std::vector<Entry>::const_iterator begin() const& noexcept { return entries_.begin(); }
  std::vector<Entry>::const_iterator end() const& noexcept { return entries_.end(); }
  std::vector<Entry>::const_iterator begin() && = delete;  // batchproof: keep the map in a variable
  std::vector<Entry>::const_iterator end() && = delete;

 private:
  friend class AttributeValue;
  friend class DynamoDbRecord;
  BATCHPROOF_NO_EXPORT AttributeMap(const detail::EventText& text, detail::Slice object, detail::Place place);

  std::vector<Entry> entries_;
  detail::Place place_;
};

/// A map that may be absent. Unlike a plain `std::optional`, a temporary one returns its map by value:
/// otherwise the map in `for (const auto& entry : *record.new_image())` would be destroyed before the loop
/// begins.
class OptionalAttributeMap : public std::optional<AttributeMap> {
 public:
  using std::optional<AttributeMap>::optional;

  const AttributeMap& operator*() const& noexcept { return std::optional<AttributeMap>::operator*(); }
  AttributeMap operator*() && { return std::optional<AttributeMap>::operator*(); }
  const AttributeMap& value() const& { return std::optional<AttributeMap>::value(); }
  AttributeMap value() && { return std::optional<AttributeMap>::value(); }
};

}  // namespace batchproof::inline v0_1
