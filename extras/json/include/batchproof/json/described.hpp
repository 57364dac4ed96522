#pragma once

// Reads structs and enumerations that Boost.Describe describes.

#include <array>
#include <batchproof/detail/export.hpp>
#include <batchproof/json/payload_value.hpp>
#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>
#include <boost/describe/enumerators.hpp>
#include <boost/describe/members.hpp>
#include <boost/describe/modifiers.hpp>
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <type_traits>

namespace batchproof::inline v0_1::detail {

template <class Value>
concept Described = std::is_class_v<Value> && boost::describe::has_describe_members<Value>::value;

template <class Value>
concept DescribedEnum = std::is_enum_v<Value> && boost::describe::has_describe_enumerators<Value>::value;

template <class Value>
void read_value(PayloadValue& value, Value& target);

/// A member of a described type.
struct Field {
  std::string_view name;                            ///< in the payload
  bool optional;                                    ///< may be missing
  void (*read)(PayloadValue& value, void* object);  ///< reads the value into the object's member
};

/// Reads each member of a JSON object that a field names, and skips others. Throws `PayloadError` when a
/// field that is not optional is missing, and when one comes twice, since readers disagree on which one
/// counts.
BATCHPROOF_EXPORT void read_fields(PayloadValue& value, std::span<const Field> fields, void* object);

/// The position of the value among the names. Throws `PayloadError`, which lists them.
BATCHPROOF_EXPORT std::size_t read_name(PayloadValue& value, std::span<const std::string_view> names);

/// The name of a member or an enumerator in the payload: that in the program, unless a function `constexpr
/// std::string_view json_name(const Type*, std::string_view name)` beside the type says otherwise.
template <class Type>
constexpr std::string_view name_in_payload(std::string_view name) {
  if constexpr (requires { json_name(static_cast<const Type*>(nullptr), name); }) {
    return json_name(static_cast<const Type*>(nullptr), name);
  } else {
    return name;
  }
}

template <class Member>
inline constexpr bool may_be_missing = false;
template <class Value>
inline constexpr bool may_be_missing<std::optional<Value>> = true;

template <class Type, class Descriptor>
constexpr Field field_of() {
  using Member = std::remove_reference_t<decltype(std::declval<Type&>().*Descriptor::pointer)>;
  return {name_in_payload<Type>(Descriptor::name), may_be_missing<Member>,
          [](PayloadValue& value, void* object) {
            read_value(value, static_cast<Type*>(object)->*Descriptor::pointer);
          }};
}

template <class Type, template <class...> class List, class... Descriptors>
constexpr std::array<Field, sizeof...(Descriptors)> make_fields(List<Descriptors...>) {
  static_assert(sizeof...(Descriptors) <= 64,
                "batchproof: a described type of a payload has up to 64 members");
  return {field_of<Type, Descriptors>()...};
}

template <class Type>
inline constexpr auto fields_of =
    make_fields<Type>(boost::describe::describe_members<Type, boost::describe::mod_any_access |
                                                                  boost::describe::mod_inherited>());

template <class Enum, template <class...> class List, class... Descriptors>
Enum read_enumerator(PayloadValue& value, List<Descriptors...>) {
  static constexpr std::array<std::string_view, sizeof...(Descriptors)> names{
      name_in_payload<Enum>(Descriptors::name)...};
  static constexpr std::array<Enum, sizeof...(Descriptors)> enumerators{Descriptors::value...};
  return enumerators[read_name(value, names)];
}

template <class Enum>
Enum read_enumerator(PayloadValue& value) {
  return read_enumerator<Enum>(value, boost::describe::describe_enumerators<Enum>());
}

}  // namespace batchproof::inline v0_1::detail
