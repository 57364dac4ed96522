#pragma once

#include <batchproof/concurrency/concurrency_law.hpp>

namespace batchproof::properties {

/// The answer comes, and not before every handler has ended.
extern const ConcurrencyLaw comes_to_an_end;

}  // namespace batchproof::properties
