#pragma once

#include <vector>

#include "ratio_case.hpp"

namespace batchproof::bench {

/// Rows of the table of ratios: payloads as types of the user's, beside the plain nlohmann loop that reads
/// the same orders.
void add_typed_payloads(std::vector<RatioCase>& rows);

}  // namespace batchproof::bench
