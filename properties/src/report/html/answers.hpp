#pragma once

#include <string>

#include "html.hpp"

namespace batchproof::properties {

/// Adds two answers side by side, with their differences marked in both.
void add_answers(Html& page, const std::string& expected, const std::string& actual);

}  // namespace batchproof::properties
