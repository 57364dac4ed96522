#pragma once

#include <rapidcheck/Gen.h>
#include <batchproof/fixtures/batch_case.hpp>
#include <batchproof/fixtures/source.hpp>
#include <batchproof/generators/failure_pattern.hpp>
#include <cstddef>
#include <optional>

namespace batchproof::generators {

/// The limits of a generated batch. Their probabilities do not depend on RapidCheck's size: the first batches
/// are drawn like the last ones.
struct BatchOptions {
  /// Records; the smallest and the largest number come often. Not set: 12, and 10 for a FIFO queue, whose
  /// batches are no larger. A FIFO queue accepts a larger number too, for tests of speed.
  std::optional<std::size_t> largest_batch{};
  std::size_t smallest_batch = 0;  ///< records; not above `largest_batch`

  /// Bytes of a body, of Kinesis data, or of one text or binary value of a DynamoDB item, which holds 400,000
  /// at most. If it is above the default, one record of each batch has exactly this size; of DynamoDB, where
  /// the stream shows an image.
  std::size_t largest_payload_size_bytes = 4096;

  /// Also draws input that AWS never sends: missing fields that it always sends, FIFO messages without a
  /// group, message ids that are not UUIDs, names and bodies with characters that the service refuses, short
  /// sequence numbers of DynamoDB. `fixtures::hostile_input` gives the reasons. The two options below are
  /// hostile too.
  bool hostile = false;

  bool repeated_identifiers = false;       ///< several records may have the same identifier
  bool shuffled_sequence_numbers = false;  ///< streams: they need not ascend

  /// SQS standard: whether the queue is a fair one, whose messages have a MessageGroupId. Not set: either.
  std::optional<bool> fair_queue{};

  /// Records list the fields that a handler must see, which are most of a large batch's data. A probe of a
  /// batch without them cannot check fields.
  bool with_fields = true;

  std::optional<FailurePattern> failure_pattern{};  ///< not set: any
  std::optional<double>
      failure_rate{};  ///< 0 to 1: the probability that a record fails, instead of a pattern

  /// Some records have a field whose value is at the limit of what it can hold, or beyond, or whose name is
  /// written in another way. Only a decoder that reads each field by itself handles the former, as this
  /// library's does; `hostile` does not draw them.
  bool odd_fields = false;
};

/// Batches of a source as AWS sends them, each with a failure pattern. `payload()` is the event, and each of
/// the `records` has its text. They are valid by construction. An identifier holds its record's number and is
/// random only beside that, so that shrinking cannot make identifiers collide. The same random state gives
/// the same batch with every compiler.
///
/// Batches of more than 200 records share the payloads of 64 of them, or of 128, so that a batch of 10,000
/// is drawn in milliseconds: identifiers, sequence numbers and groups are each record's own.
///
/// Throws `std::invalid_argument` for options that no batch can have: a smallest batch above the largest, a
/// rate outside 0 to 1, both a pattern and a rate.
rc::Gen<fixtures::BatchCase> batch_case(fixtures::Source source, const BatchOptions& options = {});

}  // namespace batchproof::generators
