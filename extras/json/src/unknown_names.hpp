#pragma once

#include <nlohmann/json.hpp>

#include "trials.hpp"

namespace batchproof::inline v0_1::detail {

/// nlohmann's enumerations turn each value that they do not know into their first enumerator, mostly a text
/// or null. So the result has that in the place of another text, whatever this text is, and whatever stands
/// in its place. Throws `PayloadError` for such a text of the payload, which became `result`.
void check_names(Trials& trials, const nlohmann::json& result);

}  // namespace batchproof::inline v0_1::detail
