#pragma once

#include <string>

#include "html.hpp"

namespace batchproof::properties {

/// Two answers side by side, what differs being marked in both.
void add_answers(Html& page, const std::string& expected, const std::string& actual);

}  // namespace batchproof::properties
