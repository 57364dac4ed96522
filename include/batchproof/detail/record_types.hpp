#pragma once

// The record types, one for each kind of event: the one list of them. Not part of the public interface.

#include <type_traits>

/// Calls `apply(Record)` for each record type, for declarations and explicit instantiations.
#define BATCHPROOF_FOR_EACH_RECORD_TYPE(apply) \
  apply(SqsRecord) apply(KinesisStreamRecord) apply(DynamoDbRecord) apply(KafkaRecord)

namespace batchproof {

#define BATCHPROOF_DECLARE(Record) class Record;  // NOLINT(bugprone-macro-parentheses): a type takes none
BATCHPROOF_FOR_EACH_RECORD_TYPE(BATCHPROOF_DECLARE)
#undef BATCHPROOF_DECLARE

/// The records that arrive by a stream, where a reported failure is a checkpoint.
template <class Record>
inline constexpr bool is_stream_record_v =
    std::is_same_v<Record, KinesisStreamRecord> || std::is_same_v<Record, DynamoDbRecord>;

}  // namespace batchproof
