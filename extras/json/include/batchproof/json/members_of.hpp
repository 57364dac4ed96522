#pragma once

// Decides whether Boost.PFR can take a type apart: PFR itself fails with an error in its own code.
//
//   static_assert(has_known_members_v<Order>);

#include <boost/pfr/core.hpp>
#include <cstddef>
#include <type_traits>
#include <utility>

namespace batchproof::inline v0_1::detail {

/// Initialises any member of a type.
struct AnyMember {
  template <class Member>
  operator Member() const;  // NOLINT(google-explicit-constructor): never defined
};

/// Initialises any base class of a type, and nothing else.
template <class Type>
struct AnyBase {
  template <class Base>
  requires(std::is_base_of_v<Base, Type> && !std::is_same_v<Base, Type>)  //
  operator Base() const;  // NOLINT(google-explicit-constructor)
};

template <std::size_t>
using AnyMemberAt = AnyMember;

/// Whether braces can initialise the type with `before` members, then `in_braces` members in braces of their
/// own, then `behind` more.
template <class Type, std::size_t... before, std::size_t... in_braces, std::size_t... behind>
constexpr bool accepts(std::index_sequence<before...>, std::index_sequence<in_braces...>,
                       std::index_sequence<behind...>) {
  if constexpr (sizeof...(in_braces) == 0) {
    return requires { Type{AnyMemberAt<before>()..., AnyMemberAt<behind>()...}; };
  } else {
    return requires {
      Type{AnyMemberAt<before>()..., {AnyMemberAt<in_braces>()...}, AnyMemberAt<behind>()...};
    };
  }
}

template <class Type, std::size_t before, std::size_t in_braces, std::size_t behind>
inline constexpr bool accepts_v = accepts<Type>(std::make_index_sequence<before>(),
                                                std::make_index_sequence<in_braces>(),
                                                std::make_index_sequence<behind>());

/// The number of members; each element of an array counts.
template <class Type, std::size_t count = 0>
constexpr std::size_t member_count() {
  if constexpr (accepts_v<Type, count + 1, 0, 0>) {
    return member_count<Type, count + 1>();
  } else {
    return count;
  }
}

/// Whether a member is an array: braces with its elements then stand for `size` members, not for one.
template <class Type, std::size_t count, std::size_t at, std::size_t size>
constexpr bool has_array() {
  if constexpr (size < 2 || at + size > count) {
    return false;
  } else {
    return accepts_v<Type, at, size, count - at - size> && !accepts_v<Type, at, size, count - at - 1>;
  }
}

template <class Type, std::size_t... places>
constexpr bool has_no_array(std::index_sequence<places...>) {
  constexpr std::size_t count = member_count<Type>();
  return !(has_array<Type, count, places / (count + 1), places % (count + 1)>() || ...);
}

/// True for an aggregate without base classes and C arrays.
template <class Type>
constexpr bool has_known_members() {
  if constexpr (!std::is_aggregate_v<Type> || !std::is_class_v<Type> || std::is_polymorphic_v<Type>) {
    return false;
  } else if constexpr (requires { Type{AnyBase<Type>()}; }) {
    return false;
  } else {
    constexpr std::size_t count = member_count<Type>();
    return has_no_array<Type>(std::make_index_sequence<(count + 1) * (count + 1)>());
  }
}

template <class Type>
inline constexpr bool has_known_members_v = has_known_members<Type>();

}  // namespace batchproof::inline v0_1::detail
