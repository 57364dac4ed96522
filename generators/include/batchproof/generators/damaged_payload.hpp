#pragma once

#include <rapidcheck/Gen.h>
#include <batchproof/fixtures/source.hpp>
#include <string>

namespace batchproof::generators {

/// An event that something is wrong with; most of them are no longer what AWS would send.
struct DamagedPayload {
  std::string payload;
  std::string damage;  ///< what was done, such as "/Records/2/body became null"
};

/// Valid events with one damage each: truncated, a byte changed, a field dropped, nulled or of another type,
/// a record of another source in the middle, a field twice, deep nesting, a second document, trailing text,
/// invalid UTF-8, half a surrogate pair, broken base64, no usable identifier, no `Records`. A damage may
/// happen to leave the event valid: what must hold for any bytes holds for these too.
rc::Gen<DamagedPayload> damaged_payload(fixtures::Source source);

}  // namespace batchproof::generators
