#pragma once

// The library's own processors as subjects, each with what it claims.

#include <batchproof/batch.hpp>
#include <batchproof/fixtures/broken_processors.hpp>
#include <exception>
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

/// Nothing but the two promised errors may leave the library: anything else becomes an answer that every law
/// refuses.
template <class Processor, class MakeHandler>
fixtures::Subject subject_of(Processor processor, MakeHandler make_handler) {
  return [=](std::string_view payload, RecordProbe& probe) -> std::string {
    try {
      return process_partial_response(payload, make_handler(probe), processor);
    } catch (const BatchProcessingError&) {
      throw;
    } catch (const EventError&) {
      throw;
    } catch (const std::exception& error) {
      return std::string("an error that was not promised: ") + error.what();
    } catch (...) {
      return "what is no std::exception left the library";
    }
  };
}

template <class Processor>
fixtures::Subject subject_of(Processor processor) {
  return subject_of(std::move(processor), [](RecordProbe& probe) {
    return [&probe](const typename Processor::record_type& record) { probe(record); };
  });
}

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
  const fixtures::ProcessorClaims stops{.stops_on_first_failure = true};
  return {
      {"sqs", Source::sqs, {}, subject_of(BatchProcessor<SqsRecord>())},
      {"sqs_answers", Source::sqs, answers,
       subject_of(BatchProcessor<SqsRecord>({.raise_on_entire_batch_failure = false}))},
      {"sqs_outcomes", Source::sqs, {}, subject_of_outcomes(BatchProcessor<SqsRecord>())},
      {"fifo", Source::sqs_fifo, {}, subject_of(SqsFifoPartialProcessor())},
      {"fifo_answers", Source::sqs_fifo, answers,
       subject_of(SqsFifoPartialProcessor({.raise_on_entire_batch_failure = false}))},
      {"fifo_skips", Source::sqs_fifo, skips,
       subject_of(SqsFifoPartialProcessor({.skip_group_on_error = true}))},
      {"fifo_outcomes", Source::sqs_fifo, {}, subject_of_outcomes(SqsFifoPartialProcessor())},
      {"kinesis", Source::kinesis, {}, subject_of(BatchProcessor<KinesisStreamRecord>())},
      {"kinesis_answers", Source::kinesis, answers,
       subject_of(BatchProcessor<KinesisStreamRecord>({.raise_on_entire_batch_failure = false}))},
      {"kinesis_stops", Source::kinesis, stops,
       subject_of(BatchProcessor<KinesisStreamRecord>({.stop_on_first_failure = true}))},
      {"kinesis_outcomes", Source::kinesis, {}, subject_of_outcomes(BatchProcessor<KinesisStreamRecord>())},
      {"dynamodb", Source::dynamodb, {}, subject_of(BatchProcessor<DynamoDbRecord>())},
      {"dynamodb_stops", Source::dynamodb, stops,
       subject_of(BatchProcessor<DynamoDbRecord>({.stop_on_first_failure = true}))},
  };
}

}  // namespace batchproof::properties
