#pragma once

#include "effort.hpp"

namespace batchproof::bench {

/// Rows of the table of ratios: payloads as types of the user's, beside the plain nlohmann loop that reads
/// the same orders.
void register_typed_payloads(const Effort& effort);

}  // namespace batchproof::bench
