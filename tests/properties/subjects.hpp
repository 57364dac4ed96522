#pragma once

// The library's own processors as subjects, each with its claims.

#include <batchproof/batch.hpp>
#include <batchproof/fixtures/library_processor.hpp>
#include <chrono>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

namespace batchproof::properties {

struct OwnProcessor {
  std::string name;
  fixtures::Source source;
  fixtures::ProcessorClaims claims;
  fixtures::Subject subject;
};

inline std::ostream& operator<<(std::ostream& stream, const OwnProcessor& processor) {
  return stream << processor.name;
}

using fixtures::subject_of;

/// With a handler that returns its errors.
template <class Processor>
fixtures::Subject subject_of_outcomes(Processor processor) {
  return subject_of(std::move(processor), [](RecordProbe& probe) {
    return [&probe](const typename Processor::record_type& record) { return probe.attempt(record); };
  });
}

inline std::vector<OwnProcessor> own_processors() {
  using fixtures::Source;
  const fixtures::ProcessorClaims answers{.raise_on_entire_batch_failure = false};
  const fixtures::ProcessorClaims skips{.skip_group_on_error = true};
  const fixtures::ProcessorClaims stops{.stop_on_first_failure = true};
  const auto library = [](std::string name, Source source, fixtures::ProcessorClaims claims = {}) {
    claims.reserve = std::chrono::milliseconds(300);
    return OwnProcessor{std::move(name), source, claims, fixtures::library_processor(source, claims)};
  };
  return {
      library("sqs", Source::sqs),
      library("sqs_answers", Source::sqs, answers),
      {"sqs_outcomes", Source::sqs, {}, subject_of_outcomes(BatchProcessor<SqsRecord>())},
      library("fifo", Source::sqs_fifo),
      library("fifo_answers", Source::sqs_fifo, answers),
      library("fifo_skips", Source::sqs_fifo, skips),
      {"fifo_outcomes", Source::sqs_fifo, {}, subject_of_outcomes(SqsFifoPartialProcessor())},
      library("kinesis", Source::kinesis),
      library("kinesis_answers", Source::kinesis, answers),
      library("kinesis_stops", Source::kinesis, stops),
      {"kinesis_outcomes", Source::kinesis, {}, subject_of_outcomes(BatchProcessor<KinesisStreamRecord>())},
      library("dynamodb", Source::dynamodb),
      library("dynamodb_stops", Source::dynamodb, stops)};
}

}  // namespace batchproof::properties
