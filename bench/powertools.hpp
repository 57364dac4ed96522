#pragma once

#include <optional>
#include <string_view>

#include "payloads.hpp"

namespace batchproof::bench {

/// What Powertools for AWS Lambda (TypeScript) takes for one invocation with the same event, from JSON text
/// to JSON text, once Node has compiled it; nothing where Node or the package is not there.
std::optional<double> powertools_seconds(Source source, std::string_view event, int failing_percent);

}  // namespace batchproof::bench
