#include "processed_event.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <batchproof/fixtures/record_types.hpp>
#include <batchproof/fixtures/source_info.hpp>
#include <batchproof/properties/service_view.hpp>
#include <set>
#include <type_traits>
#include <variant>

#include "any_event.hpp"
#include "record_outcome.hpp"
#include "usage_error.hpp"

namespace batchproof::tools {
namespace {

using fixtures::Source;

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

template <class Record, class Processor>
ProcessedEvent run(Source source, std::string processor_name, const Event<Record>& event,
                   const Processor& processor, const FailureOptions& options) {
  const FailureOptions failures = with_identifiers(event, options);
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
    const Outcome outcome = message.status == Status::success ? Outcome::ok : outcome_of(message);
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
  refuse_options_of_queues(options, info.source);
  return run(info.source, fmt::format("BatchProcessor<{}>", info.record_type), event,
             BatchProcessor<Record>(), options.failures);
}

}  // namespace

ProcessedEvent process_event(std::string_view payload, const ProcessingOptions& options) {
  const bool pipe = is_of_pipe(payload);
  return std::visit([&](const auto& event) { return process(event, options, pipe); }, decode_any(payload));
}

}  // namespace batchproof::tools
