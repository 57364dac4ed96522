#include <algorithm>
#include <batchproof/batch.hpp>
#include <exception>
#include <stdexcept>

#include "answer.hpp"

namespace batchproof::conformance {
namespace {

std::string cause_of(const std::exception_ptr& exception) {
  try {
    std::rethrow_exception(exception);
  } catch (const SqsFifoMessageGroupCircuitBreakerError&) {
    return "its group was stopped";
  } catch (const SqsFifoCircuitBreakerError&) {
    return "the queue was stopped";
  } catch (...) {
    return "rejected";
  }
}

/// An exception that the library does not promise leaves this function and fails the test.
template <class Processor>
Answer answer_of(const Processor& processor, const Scenario& scenario) {
  Answer answer;
  const auto handler = [&](const typename Processor::record_type& record) {
    answer.handled.push_back(record.index());
    if (std::binary_search(scenario.rejected.begin(), scenario.rejected.end(), record.index()))
      throw std::runtime_error("rejected");
  };
  try {
    answer.text = process_partial_response(scenario.payload, handler, processor);
    answer.kind = Answer::Kind::response;
  } catch (const BatchProcessingError& error) {
    answer.kind = Answer::Kind::all_failed;
    answer.text = error.what();
    for (const std::exception_ptr& exception : error.exceptions())
      answer.causes.push_back(cause_of(exception));
  } catch (const EventError& error) {
    answer.text = error.what();
    answer.place = error.json_pointer();
  }
  return answer;
}

template <class Record>
Answer answer_of_batch_processor(const Scenario& scenario) {
  const BatchProcessor<Record> processor(
      {.raise_on_entire_batch_failure = scenario.mode.throws_on_full_batch_failure});
  return answer_of(processor, scenario);
}

}  // namespace

Answer our_answer(const Scenario& scenario) {
  switch (scenario.mode.source) {
    case fixtures::Source::sqs:
      return answer_of_batch_processor<SqsRecord>(scenario);
    case fixtures::Source::kinesis:
      return answer_of_batch_processor<KinesisStreamRecord>(scenario);
    case fixtures::Source::dynamodb:
      return answer_of_batch_processor<DynamoDbRecord>(scenario);
    case fixtures::Source::sqs_fifo:
      break;
  }
  const SqsFifoPartialProcessor processor(
      {.skip_group_on_error = scenario.mode.skip_group_on_error,
       .raise_on_entire_batch_failure = scenario.mode.throws_on_full_batch_failure});
  return answer_of(processor, scenario);
}

}  // namespace batchproof::conformance
