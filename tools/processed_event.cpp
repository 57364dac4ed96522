#include "processed_event.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <batchproof/fixtures/record_types.hpp>
#include <batchproof/fixtures/source_info.hpp>
#include <batchproof/properties/service_view.hpp>
#include <exception>
#include <set>
#include <type_traits>
#include <variant>

#include "any_event.hpp"
#include "record_parts.hpp"
#include "usage_error.hpp"
#include "wording.hpp"

namespace batchproof::tools {
namespace {

using fixtures::Source;

/// The group is only shown, so an unreadable one is no error here.
template <class Record>
std::string readable_group(const Record& record) {
  try {
    return group_of(record);
  } catch (const RecordError&) {
    return "(unreadable)";
  }
}

template <class Message>
Outcome outcome_of(const Message& message) {
  if (message.status == Status::success) return Outcome::ok;
  try {
    std::rethrow_exception(message.exception);
  } catch (const NotHandledError&) {
    return Outcome::not_handled;
  } catch (...) {
    return Outcome::failed;
  }
}

/// AWS's next action for a record ("Implementing partial batch responses" and "Configuring partial batch
/// response with Kinesis Data Streams and Lambda", both in the AWS Lambda developer guide).
std::string follows(Source source, bool comes_back, Outcome outcome, bool invocation_failed) {
  if (fixtures::info_of(source).delivery == fixtures::Delivery::partitions)
    return comes_back ? "retried" : "done";
  if (!fixtures::is_stream(source)) return comes_back ? "returned to the queue" : "deleted";
  if (!comes_back) return "done";
  return outcome == Outcome::ok && !invocation_failed ? "retried (after the checkpoint)" : "retried";
}

/// The records that the service delivers again.
template <class Batch>
std::vector<bool> coming_back(const Batch& batch, const ProcessedEvent& processed,
                              const std::vector<std::string>& reported) {
  const std::set<std::string_view> listed(reported.begin(), reported.end());
  std::vector<bool> back;
  for (const auto& message : batch.messages()) {
    const std::string_view id = message.record.item_identifier();
    const bool after_checkpoint =
        processed.checkpoint && !properties::lower_sequence_number(id, *processed.checkpoint);
    back.push_back(!processed.response || after_checkpoint || listed.contains(id));
  }
  return back;
}

/// An option that selects no record of the event is an error of the command line.
template <class Record>
void demand_named_records(const Event<Record>& event, const FailureOptions& failures) {
  for (const std::size_t number : failures.numbers) {
    if (number > event.size())
      throw UsageError(fmt::format("--fail-nth names record {}, and the event holds {}", number,
                                   counted(event.size(), "record")));
  }
  const auto records = event.records();
  for (const std::string& identifier : failures.identifiers) {
    if (std::none_of(records.begin(), records.end(),
                     [&](const Record& record) { return record.item_identifier() == identifier; }))
      throw UsageError(fmt::format("--fail-ids names \"{}\", which is not in the event", identifier));
  }
}

std::string what_the_handler_does(const FailureOptions& failures) {
  if (failures.sample_handler) return "the sample handler of orders such as {\"quantity\": 2}";
  return failures.empty() ? "accepts every record; the options --fail-... name those that fail"
                          : "accepts every record but those that the options name";
}

template <class Record, class Processor>
ProcessedEvent run(Source source, std::string processor_name, const Event<Record>& event,
                   const Processor& processor, const FailureOptions& failures) {
  demand_named_records(event, failures);
  const auto batch = processor.process(event, ChosenHandler(failures));
  ProcessedEvent processed{
      .source = source, .processor = std::move(processor_name), .handler = what_the_handler_does(failures)};
  std::vector<std::string> reported;
  try {
    const BatchResponse response = batch.response();
    processed.response = response.to_json();
    reported = response.item_identifiers();
    if constexpr (is_stream_record_v<Record>) {
      if (fixtures::is_stream(source)) processed.checkpoint = batch.checkpoint();
    }
    if constexpr (std::is_same_v<Record, KafkaRecord>) processed.checkpoints = batch.checkpoints();
  } catch (const BatchProcessingError& error) {
    processed.error = error.what();
  }
  const std::vector<bool> back = coming_back(batch, processed, reported);
  for (const auto& message : batch.messages()) {
    const Outcome outcome = outcome_of(message);
    processed.records.push_back(
        {.id = std::string(message.record.item_identifier()),
         .group = readable_group(message.record),
         .outcome = outcome,
         .cause = message.cause,
         .what_follows = follows(source, back[message.record.index()], outcome, !processed.response)});
  }
  return processed;
}

ProcessedEvent process(const Event<SqsRecord>& event, const ProcessingOptions& options, bool pipe) {
  const auto records = event.records();
  const bool from_fifo_queue = std::any_of(records.begin(), records.end(),
                                           [](const SqsRecord& record) { return record.from_fifo_queue(); });
  const Source source = fixtures::source_of<SqsRecord>(from_fifo_queue, pipe);
  if (!from_fifo_queue && !options.fifo) {
    if (options.skip_group_on_error) {
      throw UsageError(
          "--skip-group-on-error is for FIFO queues, and this event is from none; add --fifo to insist");
    }
    return run(source, "BatchProcessor<SqsRecord>", event, BatchProcessor<SqsRecord>(), options.failures);
  }
  return run(source,
             options.skip_group_on_error ? "SqsFifoPartialProcessor, skip_group_on_error = true"
                                         : "SqsFifoPartialProcessor",
             event, SqsFifoPartialProcessor({.skip_group_on_error = options.skip_group_on_error}),
             options.failures);
}

template <class Record>
ProcessedEvent process(const Event<Record>& event, const ProcessingOptions& options, bool pipe) {
  const fixtures::SourceInfo& info = fixtures::info_of(fixtures::source_of<Record>(false, pipe));
  if (options.fifo || options.skip_group_on_error) {
    throw UsageError(fmt::format("{} is for SQS, and this event is from {}",
                                 options.fifo ? "--fifo" : "--skip-group-on-error", info.name));
  }
  return run(info.source, fmt::format("BatchProcessor<{}>", info.record_type), event,
             BatchProcessor<Record>(), options.failures);
}

}  // namespace

std::string_view name(Outcome outcome) noexcept {
  switch (outcome) {
    case Outcome::ok:
      return "ok";
    case Outcome::failed:
      return "failed";
    case Outcome::not_handled:
      return "not handled";
  }
  return "unknown";
}

ProcessedEvent process_event(std::string_view payload, const ProcessingOptions& options) {
  const bool pipe = is_of_pipe(payload);
  return std::visit([&](const auto& event) { return process(event, options, pipe); }, decode_any(payload));
}

}  // namespace batchproof::tools
