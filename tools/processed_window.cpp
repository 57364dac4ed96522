#include "processed_window.hpp"

#include <fmt/core.h>

#include <batchproof/fixtures/record_types.hpp>
#include <batchproof/fixtures/service_answer.hpp>
#include <batchproof/fixtures/source_info.hpp>
#include <batchproof/windows.hpp>
#include <nlohmann/json.hpp>
#include <string>

#include "record_outcome.hpp"

namespace batchproof::tools {
namespace {

std::string state_in(const detail::WindowFields& fields) {
  return fields.state.empty() || fields.state == "null" ? "{}" : std::string(fields.state);
}

template <class Record>
ProcessedEvent process_in_window(fixtures::Source source, std::string_view payload,
                                 const FailureOptions& options) {
  detail::WindowFields fields;
  const auto event = detail::borrow_window<Record>(payload, fields);
  const Window window = detail::read_window(fields);
  const FailureOptions failures = with_identifiers(event, options);
  ProcessedEvent processed{
      .source = source,
      .processor = fmt::format("process_window, BatchProcessor<{}>", fixtures::info_of(source).record_type),
      .handler = what_the_handler_does(failures),
      .window = ProcessedWindow{.state_before = state_in(fields),
                                .is_last = window.is_final || window.is_terminated_early}};
  const auto add = [&](const Record& record, Outcome outcome, const std::string& cause) {
    processed.records.push_back({.id = std::string(record.item_identifier()),
                                 .group = readable_group(record),
                                 .outcome = outcome,
                                 .cause = cause,
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

ProcessedEvent process_window_event(fixtures::Source source, std::string_view payload,
                                    const ProcessingOptions& options) {
  refuse_options_of_queues(options, source);
  return fixtures::with_record_type(source, [&]<class Record>() -> ProcessedEvent {
    if constexpr (is_stream_record_v<Record>)
      return process_in_window<Record>(source, payload, options.failures);
    return {};
  });
}

}  // namespace batchproof::tools
