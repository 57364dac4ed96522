#include "processed_event.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <batchproof/fixtures/record_types.hpp>
#include <batchproof/fixtures/service_answer.hpp>
#include <batchproof/fixtures/source_info.hpp>
#include <batchproof/properties/service_view.hpp>
#include <batchproof/windows.hpp>
#include <exception>
#include <nlohmann/json.hpp>
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

/// Of a failure, or of a message that failed.
template <class Failed>
Outcome outcome_of(const Failed& failed) {
  try {
    std::rethrow_exception(failed.exception);
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

void demand_queue(const ProcessingOptions& options, Source source) {
  if (!options.fifo && !options.skip_group_on_error) return;
  throw UsageError(fmt::format("{} is for SQS, and this event is from {}",
                               options.fifo ? "--fifo" : "--skip-group-on-error", fixtures::name(source)));
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
  demand_queue(options, info.source);
  return run(info.source, fmt::format("BatchProcessor<{}>", info.record_type), event,
             BatchProcessor<Record>(), options.failures);
}

std::string state_in(const detail::WindowFields& fields) {
  return fields.state.empty() || fields.state == "null" ? "{}" : std::string(fields.state);
}

/// Folds the sequence number of each record that the handler accepts into the list `folded` of the state.
template <class Record>
ProcessedEvent process_in_window(Source source, std::string_view payload, const FailureOptions& failures) {
  detail::WindowFields fields;
  const auto event = detail::borrow_window<Record>(payload, fields);
  const Window window = detail::read_window(fields);
  demand_named_records(event, failures);
  ProcessedEvent processed{
      .source = source,
      .processor = fmt::format("process_window, BatchProcessor<{}>", fixtures::info_of(source).record_type),
      .handler = what_the_handler_does(failures),
      .window = ProcessedWindow{.state_before = state_in(fields),
                                .is_last = window.is_final || window.is_terminated_early}};
  const auto add = [&](const Record& record, Outcome outcome, std::string cause) {
    processed.records.push_back({.id = std::string(record.item_identifier()),
                                 .group = readable_group(record),
                                 .outcome = outcome,
                                 .cause = std::move(cause),
                                 .what_follows = follows(source, outcome != Outcome::ok, outcome, false)});
    if (outcome != Outcome::ok && !processed.checkpoint) processed.checkpoint = processed.records.back().id;
  };
  const BatchProcessor<Record> processor(
      {.on_success = [&](const Record& record) { add(record, Outcome::ok, ""); },
       .on_failure = [&](const Record& record,
                         const Failure& failure) { add(record, outcome_of(failure), failure.cause); }});
  const auto fold = [handle = ChosenHandler(failures)](nlohmann::json& state, const Record& record) {
    handle(record);
    state["folded"].push_back(record.sequence_number());
  };
  const auto finish = [&](const nlohmann::json&, const Window&) { processed.window->is_finished = true; };
  processed.response = process_window<nlohmann::json>(payload, fold, finish, processor);
  processed.window->state_after = fixtures::answered_state(*processed.response).value_or("");
  return processed;
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
  if (const auto source = source_of_window(payload)) {
    demand_queue(options, *source);
    return fixtures::with_record_type(*source, [&]<class Record>() -> ProcessedEvent {
      if constexpr (is_stream_record_v<Record>)
        return process_in_window<Record>(*source, payload, options.failures);
      return {};
    });
  }
  const bool pipe = is_of_pipe(payload);
  return std::visit([&](const auto& event) { return process(event, options, pipe); }, decode_any(payload));
}

}  // namespace batchproof::tools
