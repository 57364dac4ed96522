#include "processor_subject.hpp"

#include <fmt/core.h>

#include <exception>
#include <string>
#include <string_view>
#include <utility>

namespace batchproof::tools {
namespace {

template <class Processor>
fixtures::Subject subject_of(Processor processor) {
  return [processor = std::move(processor)](std::string_view payload, RecordProbe& probe) -> std::string {
    const auto handler = [&](const typename Processor::record_type& record) { probe(record); };
    try {
      return process_partial_response(payload, handler, processor);
    } catch (const BatchProcessingError&) {
      throw;
    } catch (const EventError&) {
      throw;
    } catch (const std::exception& error) {
      return fmt::format("an error that was not promised: {}", error.what());
    } catch (...) {
      return "an exception that was not promised";
    }
  };
}

template <class Record>
fixtures::Subject stream_subject(const fixtures::ProcessorClaims& claims) {
  return subject_of(
      BatchProcessor<Record>({.raise_on_entire_batch_failure = claims.raise_on_entire_batch_failure,
                              .stop_on_first_failure = claims.stops_on_first_failure}));
}

}  // namespace

fixtures::Subject processor_subject(fixtures::Source source, const fixtures::ProcessorClaims& claims) {
  switch (source) {
    case fixtures::Source::sqs_fifo:
      return subject_of(
          SqsFifoPartialProcessor({.skip_group_on_error = claims.skip_group_on_error,
                                   .raise_on_entire_batch_failure = claims.raise_on_entire_batch_failure}));
    case fixtures::Source::kinesis:
      return stream_subject<KinesisStreamRecord>(claims);
    case fixtures::Source::dynamodb:
      return stream_subject<DynamoDbRecord>(claims);
    case fixtures::Source::sqs:
      break;
  }
  return subject_of(
      BatchProcessor<SqsRecord>({.raise_on_entire_batch_failure = claims.raise_on_entire_batch_failure}));
}

}  // namespace batchproof::tools
