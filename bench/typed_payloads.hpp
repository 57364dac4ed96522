#pragma once

#include "effort.hpp"

namespace batchproof::bench {

/// Rows of the table of ratios: payloads as types of the user's, beside a handler that reads the same orders
/// by nlohmann's `parse` and `get`.
void register_typed_payloads(const Effort& effort);

}  // namespace batchproof::bench
