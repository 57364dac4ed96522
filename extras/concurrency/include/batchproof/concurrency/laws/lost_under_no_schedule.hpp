#pragma once

#include <batchproof/concurrency/concurrency_law.hpp>

namespace batchproof::properties {

/// A record whose handler did not return normally is reported, whatever happened meanwhile.
extern const ConcurrencyLaw lost_under_no_schedule;

}  // namespace batchproof::properties
