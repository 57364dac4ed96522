#pragma once

#include <batchproof/properties/law.hpp>

namespace batchproof::properties {

/// A record is handled at most once, in batch order, and exactly once unless one that it depends on failed.
extern const Law once_in_order;

}  // namespace batchproof::properties
