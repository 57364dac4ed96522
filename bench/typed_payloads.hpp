#pragma once

#include <vector>

#include "paired_timing.hpp"

namespace batchproof::bench {

/// Rows of the table of ratios: payloads read as the user's own types, beside a handler that reads the same
/// orders by nlohmann's `parse` and `get`.
void add_typed_payloads(std::vector<PairedTiming>& rows);

}  // namespace batchproof::bench
