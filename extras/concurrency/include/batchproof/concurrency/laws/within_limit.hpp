#pragma once

#include <batchproof/concurrency/concurrency_law.hpp>

namespace batchproof::properties {

/// Never more handlers than the limit run together.
extern const ConcurrencyLaw within_limit;

}  // namespace batchproof::properties
