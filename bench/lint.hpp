#pragma once

#include "effort.hpp"

namespace batchproof::bench {

/// Registers how long it takes to lint 10,000 generated templates that are one application, and one of 1 MB.
/// Their counter is `median_milliseconds`, and `limit_milliseconds` its upper limit.
void register_lint(const Effort& effort);

}  // namespace batchproof::bench
