#pragma once

#include <nlohmann/json.hpp>
#include <span>

#include "trials.hpp"

namespace batchproof::inline v0_1::detail {

/// nlohmann's enumerations turn any text that they do not know into their first enumerator, mostly a text
/// too. So the result has a value that is not in this place of the payload, and keeps it whatever the
/// payload's text is.
/// Throws `PayloadError` for such a text; `texts` are all texts of the payload, and `result` is what it
/// became.
void check_names(Trials& trials, std::span<nlohmann::json* const> texts, const nlohmann::json& result);

}  // namespace batchproof::inline v0_1::detail
