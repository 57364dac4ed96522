#pragma once

#include <optional>
#include <string_view>

#include "payloads.hpp"

namespace batchproof::bench {

/// The seconds that Powertools for AWS Lambda (TypeScript) needs for one invocation with the same event, from
/// JSON text to JSON text, once Node has compiled it; nothing when Node or the package is missing.
std::optional<double> powertools_seconds(Source source, std::string_view event, int failing_percent);

}  // namespace batchproof::bench
