#pragma once

// Makes the values of one JSON text plain. shrink_fields.hpp and shrink_payloads.hpp do so in the records of
// a counterexample when no record can be left out any more.

#include <functional>
#include <string>

namespace batchproof::properties {

using BytesStillBreak = std::function<bool(const std::string& smaller)>;

/// Leaves out each member and element that can be left out; chunks of bytes are rarely such a part.
std::string leave_out_parts(std::string text, const BytesStillBreak& still_breaks);

/// Changes as much as possible of one JSON text towards another, outer values before inner ones: a value
/// becomes that of the plain one, a number comes as near to it as it can, an element is removed and, if
/// `texts_shrink`, a text loses characters.
std::string shrink_towards(const std::string& json, const std::string& plain, bool texts_shrink,
                           const BytesStillBreak& still_breaks);

}  // namespace batchproof::properties
