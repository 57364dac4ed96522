#pragma once

// The names of fields in JSON, each beside its enumerator:
//
//     Fields::FlatNames::walk(cursor, [&](Cursor& at, auto field) { fields[field] = at.value(); });

#include <array>
#include <cstddef>
#include <string_view>
#include <type_traits>

#include "structural_index.hpp"

namespace batchproof::inline v0_1::detail {

/// A field: its name in JSON and its enumerator.
template <std::size_t size, class Field>
struct NamedField {
  constexpr NamedField(const char (&name)[size], Field enumerator) : text(name), field(enumerator) {}
  QuotedText<size> text;
  Field field;
};

/// The fields of one JSON object, in the order in which AWS sends them:
///
///     enum class Colour { red, green, count };
///     using Colours = FieldNames<NamedField{"Red", Colour::red}, NamedField{"Green", Colour::green}>;
///     static_assert(name_all_fields<Colour, Colours>);
template <NamedField... named>
struct FieldNames {
  static constexpr std::array fields{named.field...};
  static constexpr std::array<std::string_view, sizeof...(named)> names{named.text.name()...};

  /// Walks an object. Calls `on_field(cursor, field)` for each of these fields, which must step over its
  /// value. The type of `field` holds it as a constant, except for names that are written with escapes.
  template <class OnField>
  [[gnu::always_inline]] static void walk(Cursor& cursor, OnField&& on_field) {
    walk_object<named.text...>(
        cursor, [on_field](Cursor & at, auto index) __attribute__((always_inline)) {
          if constexpr (std::is_same_v<decltype(index), std::size_t>) {
            on_field(at, fields[index]);
          } else {
            on_field(at, std::integral_constant<typename decltype(fields)::value_type, fields[index]>());
          }
        });
  }
};

template <class Names, class Others>
struct Joined;
template <NamedField... names, NamedField... others>
struct Joined<FieldNames<names...>, FieldNames<others...>> {
  using Type = FieldNames<names..., others...>;
};

/// The names of both objects as one list.
template <class Names, class Others>
using JoinedNames = typename Joined<Names, Others>::Type;

/// True when the tables together name every enumerator before `Field::count`, each once.
template <class Field, class... Tables>
inline constexpr bool name_all_fields = [] {
  std::array<int, static_cast<std::size_t>(Field::count)> times{};
  const auto count = [&times](const auto& fields) {
    for (const Field field : fields) ++times[static_cast<std::size_t>(field)];
  };
  (count(Tables::fields), ...);
  for (const int named : times) {
    if (named != 1) return false;
  }
  return true;
}();

}  // namespace batchproof::inline v0_1::detail
