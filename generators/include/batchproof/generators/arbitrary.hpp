#pragma once

// Batches as arguments of a property:
//
//   rc::check([](const batchproof::generators::SqsBatch& batch) { ... });

#include <rapidcheck/gen/Arbitrary.h>
#include <rapidcheck/gen/Transform.h>
#include <batchproof/fixtures/batch_case.hpp>
#include <batchproof/fixtures/source.hpp>
#include <batchproof/generators/batch_case.hpp>
#include <ostream>
#include <utility>

namespace batchproof::generators {

/// A batch of one source, with the members of `fixtures::BatchCase`: `payload()`, the event as text;
/// `pattern()`, one letter for each record, o or x; and `records`.
template <fixtures::Source batch_source>
struct SourceBatch : fixtures::BatchCase {
  SourceBatch() : BatchCase{batch_source, {}} {}
  explicit SourceBatch(BatchCase batch) : BatchCase(std::move(batch)) {}
};

using SqsBatch = SourceBatch<fixtures::Source::sqs>;            ///< of a standard queue
using SqsFifoBatch = SourceBatch<fixtures::Source::sqs_fifo>;   ///< of a FIFO queue
using KinesisBatch = SourceBatch<fixtures::Source::kinesis>;    ///< of one shard of a Kinesis stream
using DynamoDbBatch = SourceBatch<fixtures::Source::dynamodb>;  ///< of one shard of a DynamoDB stream
using KafkaBatch = SourceBatch<fixtures::Source::kafka>;        ///< of several partitions of a topic

/// Batches as `batch_case` makes them, which throws for impossible options. They shrink to the plainest text,
/// and to fewer records, but not below `smallest_batch`. Smaller batches keep the failure pattern of the
/// options: an alternating one loses no record; patterns other than none and all lose only accepted records.
rc::Gen<fixtures::BatchCase> shrinking_batch(fixtures::Source source, const BatchOptions& options);

/// The same as an argument of a property; use it inside one: `*source_batch<KinesisBatch>({.largest_batch =
/// 100})`. `sqs_batch` and the others are its short names.
template <class Batch>
rc::Gen<Batch> source_batch(const BatchOptions& options = {}) {
  return rc::gen::map(shrinking_batch(Batch().source, options),
                      [](fixtures::BatchCase&& batch) { return Batch(std::move(batch)); });
}

inline rc::Gen<SqsBatch> sqs_batch(const BatchOptions& options = {}) {
  return source_batch<SqsBatch>(options);
}
inline rc::Gen<SqsFifoBatch> sqs_fifo_batch(const BatchOptions& options = {}) {
  return source_batch<SqsFifoBatch>(options);
}
inline rc::Gen<KinesisBatch> kinesis_batch(const BatchOptions& options = {}) {
  return source_batch<KinesisBatch>(options);
}
inline rc::Gen<DynamoDbBatch> dynamodb_batch(const BatchOptions& options = {}) {
  return source_batch<DynamoDbBatch>(options);
}
inline rc::Gen<KafkaBatch> kafka_batch(const BatchOptions& options = {}) {
  return source_batch<KafkaBatch>(options);
}

/// Writes the source and the pattern, and below them the event with one record a line.
std::ostream& print_batch(std::ostream& stream, const fixtures::BatchCase& batch);

template <fixtures::Source batch_source>
std::ostream& operator<<(std::ostream& stream, const SourceBatch<batch_source>& batch) {
  return print_batch(stream, batch);
}

}  // namespace batchproof::generators

namespace rc {

template <batchproof::fixtures::Source source>
struct Arbitrary<batchproof::generators::SourceBatch<source>> {
  static Gen<batchproof::generators::SourceBatch<source>> arbitrary() {
    return batchproof::generators::source_batch<batchproof::generators::SourceBatch<source>>();
  }
};

}  // namespace rc
