#pragma once

// The record types, one for each kind of event: the one list of them. Not part of the public interface.

/// Calls `apply(Record)` for each type of record that arrives by a stream.
#define BATCHPROOF_FOR_EACH_STREAM_RECORD_TYPE(apply) apply(KinesisStreamRecord) apply(DynamoDbRecord)

/// Calls `apply(Record)` for each record type, for declarations and explicit instantiations.
#define BATCHPROOF_FOR_EACH_RECORD_TYPE(apply) \
  apply(SqsRecord) BATCHPROOF_FOR_EACH_STREAM_RECORD_TYPE(apply) apply(KafkaRecord)

namespace batchproof::inline v0_1 {

#define BATCHPROOF_DECLARE(Record) class Record;  // NOLINT(bugprone-macro-parentheses): a type takes none
BATCHPROOF_FOR_EACH_RECORD_TYPE(BATCHPROOF_DECLARE)
#undef BATCHPROOF_DECLARE

/// The records of events. Others, such as a type of payloads, fit no processor.
template <class Record>
inline constexpr bool is_record_v = false;
#define BATCHPROOF_IS_RECORD(Record) \
  template <>                        \
  inline constexpr bool is_record_v<Record> = true;
BATCHPROOF_FOR_EACH_RECORD_TYPE(BATCHPROOF_IS_RECORD)
#undef BATCHPROOF_IS_RECORD

/// The records that arrive by a stream, where a reported failure is a checkpoint.
template <class Record>
inline constexpr bool is_stream_record_v = false;
#define BATCHPROOF_IS_STREAM(Record) \
  template <>                        \
  inline constexpr bool is_stream_record_v<Record> = true;
BATCHPROOF_FOR_EACH_STREAM_RECORD_TYPE(BATCHPROOF_IS_STREAM)
#undef BATCHPROOF_IS_STREAM

}  // namespace batchproof::inline v0_1
