#pragma once

#include <vector>

#include "paired_timing.hpp"

namespace batchproof::bench {

/// Rows of the table of ratios: payloads read as the user's own types, beside the plain nlohmann loop that
/// reads the same orders.
void add_typed_payloads(std::vector<PairedTiming>& rows);

}  // namespace batchproof::bench
