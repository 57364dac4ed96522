#pragma once

#include <nlohmann/json.hpp>

#include "trials.hpp"

namespace batchproof::inline v0_1::detail {

/// nlohmann's enumerations turn each value that they do not know into their first enumerator, mostly a text
/// or null. So a text in whose place the result has another value, which stays the same with a number and
/// with another text there, is an unknown name. Throws `PayloadError` for such a text of the payload, which
/// became `result`. Of many such places, as in a map, it tries the first.
void check_names(Trials& trials, const nlohmann::json& result);

}  // namespace batchproof::inline v0_1::detail
