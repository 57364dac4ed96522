#pragma once

#include <rapidcheck/Gen.h>
#include <batchproof/fixtures/source.hpp>
#include <string>

namespace batchproof::generators {

/// A damaged event. AWS would send hardly any of them.
struct DamagedPayload {
  std::string payload;
  std::string damage;  ///< the damage, such as "/Records/2/body became null"
};

/// Valid events with one damage each: truncated, a byte changed, a field dropped, nulled or of another type,
/// a record of another source in the middle, a field twice, deep nesting, a second document, trailing text,
/// invalid UTF-8, half a surrogate pair, broken base64, no usable identifier, no `Records`. Some damaged
/// events are still valid by chance: laws on damaged events must hold for any bytes.
rc::Gen<DamagedPayload> damaged_payload(fixtures::Source source);

}  // namespace batchproof::generators
