#pragma once

// Every law of concurrency by its name; `concurrency_laws()` lists them. Each is defined in
// `extras/concurrency/src/laws/<name>.cpp`.

#include <batchproof/concurrency/concurrency_law.hpp>

namespace batchproof::properties {

/// The answer comes, and not before every handler has ended.
extern const ConcurrencyLaw comes_to_an_end;

/// At most as many handlers as the limit run together.
extern const ConcurrencyLaw within_limit;

/// Records of one message group, partition key or item are handled one after the other, in batch order.
extern const ConcurrencyLaw in_key_order;

/// A record whose handler did not return normally is reported, under every schedule.
extern const ConcurrencyLaw lost_under_no_schedule;

/// The answer is the same as for records handled one after the other.
extern const ConcurrencyLaw as_sequential;

}  // namespace batchproof::properties
