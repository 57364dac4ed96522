#include <algorithm>
#include <batchproof/batch.hpp>
#include <batchproof/fixtures/library_processor.hpp>
#include <batchproof/fixtures/record_types.hpp>
#include <exception>
#include <stdexcept>
#include <utility>

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

}  // namespace

Answer our_answer(const Scenario& scenario) {
  const fixtures::Source source = scenario.mode.source;
  const fixtures::ProcessorClaims claims{
      .skip_group_on_error = scenario.mode.skip_group_on_error,
      .raise_on_entire_batch_failure = scenario.mode.throws_on_full_batch_failure};
  return fixtures::with_record_type(source, [&]<class Record>() {
    return fixtures::with_processor_of<Record>(source, claims, [&]<class Processor>(auto options) {
      return answer_of(Processor(std::move(options)), scenario);
    });
  });
}

}  // namespace batchproof::conformance
