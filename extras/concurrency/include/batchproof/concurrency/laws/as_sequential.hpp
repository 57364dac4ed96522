#pragma once

#include <batchproof/concurrency/concurrency_law.hpp>

namespace batchproof::properties {

/// The answer is that of one record after the other.
extern const ConcurrencyLaw as_sequential;

}  // namespace batchproof::properties
