#pragma once

// The laws of handlers that run concurrently. Each is defined in `extras/concurrency/src/laws/<name>.cpp`,
// and judges the timeline of a run.

#include <batchproof/properties/law.hpp>
#include <span>

namespace batchproof::properties {

/// The answer comes, but not before every handler has ended, and leaves no coroutine waiting.
extern const Law comes_to_an_end;

/// At most as many handlers as the limit run at once.
extern const Law within_limit;

/// Records of one message group, partition key, item or Kafka partition (with `order_by_key`: Kafka key) are
/// handled one after the other, in batch order.
extern const Law in_key_order;

/// A record whose handler did not return normally is reported, under every schedule.
extern const Law lost_under_no_schedule;

/// The answer is the same as for records handled one after the other.
extern const Law as_sequential;

/// Two records that may run at once do so. It is not among `concurrency_laws()`: a processor may also wait.
extern const Law runs_together;

/// All of the above except `runs_together`, and `fresh` of the laws of a processor.
std::span<const Law> concurrency_laws() noexcept;

}  // namespace batchproof::properties
