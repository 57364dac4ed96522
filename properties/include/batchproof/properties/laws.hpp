#pragma once

// Every law by its name, for a test of one law alone; `processor_laws()` and `handler_laws()` list them. Each
// is defined in `properties/src/laws/<name>.cpp`.

#include <batchproof/properties/law.hpp>

namespace batchproof::properties {

/// A record whose handler did not return normally, and that was not settled, is reported, handled or not.
extern const Law nothing_lost;

/// An identifier is reported only if its record failed or depends on one that did; batch order, each once.
extern const Law nothing_extra;

/// A record is handled at most once, in batch order, and exactly once unless one that it depends on failed.
extern const Law once_in_order;

/// SQS FIFO: nothing after the first failure is handled; it and all after it are reported.
extern const Law fifo_stops;

/// SQS FIFO with skip_group_on_error: a failure stops its own message group and no other.
extern const Law skip_the_group;

/// Streams: the lowest reported sequence number, as a number of any length, is that of the lowest failure.
extern const Law checkpoint;

/// Kafka and pipes of streams: every record that did not succeed is reported, handled or not, and no other.
extern const Law partition;

/// Tumbling windows: the response always holds the state, which is the fold of exactly the records before the
/// checkpoint, each once; the last invocation finishes the window. It reads the state of the kit's functions,
/// as `list_in_window` says.
extern const Law window;

/// Anything that a handler throws, an int too, fails its own record alone.
extern const Law contained;

/// No outcome depends on an earlier batch.
extern const Law fresh;

/// A record without a usable identifier fails the invocation before any handler runs.
extern const Law unreportable;

/// An empty list of records gives an empty list of failures; anything that is not a list is an error.
extern const Law empty_is_empty;

/// An event of another source is refused, and so is a tumbling window.
extern const Law right_source;

/// Any bytes give a response or an error: no crash, no answer to half a batch, and no record lost.
extern const Law total;

/// A record's outcome does not change when records that it does not depend on are left out.
extern const Law independence;

/// The handler sees each field of its own record, byte for byte.
extern const Law faithful;

/// The response is exactly the JSON that the service reads.
extern const Law well_formed;

/// No record is started when less than the reserve is left until the deadline, and no other record is held
/// back.
extern const Law in_time;

/// A record that was not started before the deadline is reported as failed; a record that succeeded is not.
extern const Law late_is_reported;

/// A record whose handler asks for it is sent to the dead-letter queue once, with its reason, before a record
/// that depends on it is handled.
extern const Law dead_letter;

/// SQS: the messages whose handlers ask for a retry, and no others, become visible after their delay.
extern const Law retry_later;

/// No payload, damaged ones included, ends the process.
extern const Law survives;

/// A record handler succeeds on each accepted payload and fails on each rejected one, in whatever batch.
extern const Law verdict;

/// The same record, delivered again, gets the same verdict of the handler.
extern const Law repeatable;

/// Neighbours, order and earlier batches do not change a verdict of the handler.
extern const Law independent;

/// The check that came with the handler finds nothing wrong after a batch.
extern const Law own_check;

/// A law that every batch violates, so that each verification shows that it would have seen a violation.
extern const Law canary;

}  // namespace batchproof::properties
