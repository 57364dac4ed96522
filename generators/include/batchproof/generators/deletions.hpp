#pragma once

// The records by which a producer deletes what another record wrote: near misses of whole records.

#include <batchproof/fixtures/batch_case.hpp>

namespace batchproof::generators {

/// Who removed an item; DynamoDB itself does once its time to live is over ("DynamoDB Streams and Time to
/// Live", Amazon DynamoDB developer guide).
enum class Removed { by_a_user, by_time_to_live };

/// The change that removes the item of this change of DynamoDB Streams, whose image becomes the old one.
/// Throws `std::invalid_argument` for a change without `NewImage`.
fixtures::CaseRecord removal_of(fixtures::CaseRecord change, Removed by = Removed::by_a_user);

/// True for what `removal_of` makes.
bool is_removal(const fixtures::CaseRecord& record);

/// How Lambda shows that a Kafka record has no value.
enum class MissingValue { null, left_out };

/// The Kafka record without its value, a tombstone, by which a producer deletes the key (Apache Kafka
/// documentation, "Log Compaction").
fixtures::CaseRecord tombstone_of(fixtures::CaseRecord record, MissingValue value = MissingValue::null);

/// True for a Kafka record without a value, such as what `tombstone_of` makes.
bool is_tombstone(const fixtures::CaseRecord& record);

}  // namespace batchproof::generators
