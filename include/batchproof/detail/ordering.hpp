#pragma once

// The records that the failure of a record stops. Not part of the public interface.

namespace batchproof::inline v0_1::detail {

/// The records that a failure stops.
enum class Ordering {
  none,           ///< nothing
  stream,         ///< everything after it (Kinesis, DynamoDB Streams with stop_on_first_failure)
  fifo,           ///< everything after it (SQS FIFO)
  message_group,  ///< its own message group, or everything where there is no group
  partition       ///< everything after it in its partition (Kafka with stop_on_first_failure)
};

}  // namespace batchproof::inline v0_1::detail
