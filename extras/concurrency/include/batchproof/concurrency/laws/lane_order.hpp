#pragma once

#include <batchproof/concurrency/concurrency_law.hpp>

namespace batchproof::properties {

/// Records of one message group, partition key or item are handled one after the other, in batch order.
extern const ConcurrencyLaw lane_order;

}  // namespace batchproof::properties
