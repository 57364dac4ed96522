#pragma once

#include <batchproof/properties/law.hpp>

namespace batchproof::properties {

/// Of a record handler: it succeeds on each accepted payload and fails on each rejected one, whatever batch
/// it comes in.
extern const Law verdict;

}  // namespace batchproof::properties
