#pragma once

// Batches as arguments of a property:
//
//   rc::check([](const batchproof::generators::SqsBatch& batch) { ... });

#include <rapidcheck/gen/Arbitrary.h>
#include <batchproof/fixtures/batch_case.hpp>
#include <batchproof/fixtures/source.hpp>
#include <batchproof/generators/batch_case.hpp>
#include <ostream>
#include <utility>

namespace batchproof::generators {

// A batch of one source. What it holds is `fixtures::BatchCase`'s: `payload()`, the event as text;
// `pattern()`, one letter for each record, o or x; and `records`.

/// Of a standard queue.
struct SqsBatch : fixtures::BatchCase {
  SqsBatch() : BatchCase{fixtures::Source::sqs, {}} {}
  explicit SqsBatch(BatchCase batch) : BatchCase(std::move(batch)) {}
};

/// Of a FIFO queue.
struct SqsFifoBatch : fixtures::BatchCase {
  SqsFifoBatch() : BatchCase{fixtures::Source::sqs_fifo, {}} {}
  explicit SqsFifoBatch(BatchCase batch) : BatchCase(std::move(batch)) {}
};

/// Of one shard of a Kinesis stream.
struct KinesisBatch : fixtures::BatchCase {
  KinesisBatch() : BatchCase{fixtures::Source::kinesis, {}} {}
  explicit KinesisBatch(BatchCase batch) : BatchCase(std::move(batch)) {}
};

/// Of one shard of a DynamoDB stream.
struct DynamoDbBatch : fixtures::BatchCase {
  DynamoDbBatch() : BatchCase{fixtures::Source::dynamodb, {}} {}
  explicit DynamoDbBatch(BatchCase batch) : BatchCase(std::move(batch)) {}
};

// Batches as `batch_case` makes them, for `*sqs_batch({.largest_batch = 100})` within a property. They throw
// what it throws. They shrink to the plainest text, and to fewer records, but to no fewer than
// `smallest_batch`. Where the options ask for a failure pattern, what is left keeps it: of
// an alternating one no record goes, of others than none and all accepted ones alone.
rc::Gen<SqsBatch> sqs_batch(const BatchOptions& options = {});
rc::Gen<SqsFifoBatch> sqs_fifo_batch(const BatchOptions& options = {});
rc::Gen<KinesisBatch> kinesis_batch(const BatchOptions& options = {});
rc::Gen<DynamoDbBatch> dynamodb_batch(const BatchOptions& options = {});

// The source and the pattern, and below them the event with one record a line.
std::ostream& operator<<(std::ostream& stream, const SqsBatch& batch);
std::ostream& operator<<(std::ostream& stream, const SqsFifoBatch& batch);
std::ostream& operator<<(std::ostream& stream, const KinesisBatch& batch);
std::ostream& operator<<(std::ostream& stream, const DynamoDbBatch& batch);

}  // namespace batchproof::generators

namespace rc {

template <>
struct Arbitrary<batchproof::generators::SqsBatch> {
  static Gen<batchproof::generators::SqsBatch> arbitrary() { return batchproof::generators::sqs_batch(); }
};

template <>
struct Arbitrary<batchproof::generators::SqsFifoBatch> {
  static Gen<batchproof::generators::SqsFifoBatch> arbitrary() {
    return batchproof::generators::sqs_fifo_batch();
  }
};

template <>
struct Arbitrary<batchproof::generators::KinesisBatch> {
  static Gen<batchproof::generators::KinesisBatch> arbitrary() {
    return batchproof::generators::kinesis_batch();
  }
};

template <>
struct Arbitrary<batchproof::generators::DynamoDbBatch> {
  static Gen<batchproof::generators::DynamoDbBatch> arbitrary() {
    return batchproof::generators::dynamodb_batch();
  }
};

}  // namespace rc
