#pragma once

// Fields with values at the limits of what they can hold, and beyond, and names that are written in other
// ways.
//
//     make_odd(draws, SqsDraws::odd_fields, record);

#include <batchproof/fixtures/batch_case.hpp>
#include <cstdint>
#include <span>
#include <string_view>

#include "draws.hpp"

namespace batchproof::generators {

/// What a field holds, which decides its odd values.
enum class OddKind : std::uint8_t {
  text,
  digits_of_milliseconds,  ///< a time as text
  milliseconds,            ///< a time as a number
  seconds,                 ///< the same, with a fraction
  seconds_by_size,         ///< the same; a number too large for that counts smaller units
  whole_number,
  base64,
  item  ///< gets one more attribute
};

/// A field that nothing else is read from: its value decides no other field, identifier or order. A list of
/// them that holds one twice has it drawn twice as often.
struct OddField {
  std::string_view pointer;  ///< in the record
  std::string_view name;     ///< as handlers see it
  OddKind kind;
  std::string_view unless{};  ///< a field that says how this one is read: such a record stays as it is
};

/// Gives one of the fields, if the record has it, a value that AWS never sends: one that cannot be read is no
/// longer among the fields that a handler must see. Or writes a name with an escape, or spaces behind it.
void make_odd(Draws& draws, std::span<const OddField> fields, fixtures::CaseRecord& record);

}  // namespace batchproof::generators
