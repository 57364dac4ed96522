#pragma once

#include <vector>

#include "ratio_case.hpp"

namespace batchproof::bench {

/// Rows of the table of ratios: payloads as types of the user's, beside a handler that reads the same orders
/// by nlohmann's `parse` and `get`.
void add_typed_payloads(std::vector<RatioCase>& rows);

}  // namespace batchproof::bench
