#pragma once

// The places in the payload where `decode` found the fields of a record.

#include <array>
#include <cstddef>

#include "event_text.hpp"

namespace batchproof::inline v0_1::detail {

/// The places of the fields of a record; `Field` is the source's enumeration of its fields.
template <class Field>
struct FieldTable : RecordHead {
  std::array<Slice, static_cast<std::size_t>(Field::count)> slices{};

  Slice& operator[](Field field) noexcept { return slices[static_cast<std::size_t>(field)]; }
  Slice operator[](Field field) const noexcept { return slices[static_cast<std::size_t>(field)]; }
  LazyText lazy(Field field) const noexcept { return {(*this)[field], lazy_state, lazy_place}; }
};

}  // namespace batchproof::inline v0_1::detail
