#include "invoked_function.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <batchproof/blackbox/verify_function.hpp>
#include <batchproof/detail/window_fields.hpp>
#include <batchproof/fixtures/record_types.hpp>
#include <batchproof/fixtures/source.hpp>
#include <optional>
#include <set>
#include <type_traits>
#include <utility>
#include <variant>

#include "any_event.hpp"
#include "characters.hpp"
#include "function_options.hpp"
#include "json_output.hpp"
#include "terminal.hpp"

namespace batchproof::tools {
namespace {

bool has_response(const InvokedFunction& invoked) {
  return invoked.invocation.end == runtime_api::InvocationEnd::response;
}

/// The source of an event, and the identifiers of its records; nothing for an event of no known source.
struct KnownEvent {
  fixtures::Source source = fixtures::Source::sqs;
  std::optional<std::set<std::string>> identifiers{};
};

KnownEvent read_event(const std::string& payload) {
  const auto read = [&]<class Record>(const Event<Record>& event) -> KnownEvent {
    bool is_fifo = false;
    std::set<std::string> identifiers;
    for (const Record& record : event.records()) {
      if constexpr (std::is_same_v<Record, SqsRecord>) is_fifo |= record.from_fifo_queue();
      identifiers.insert(std::string(record.item_identifier()));
    }
    return {fixtures::source_of<Record>(is_fifo, is_of_pipe(payload)), std::move(identifiers)};
  };
  try {
    if (const auto source = source_of_window(payload)) {
      return fixtures::with_record_type(*source, [&]<class Record>() -> KnownEvent {
        KnownEvent known;
        if constexpr (is_stream_record_v<Record>) {
          detail::WindowFields fields;
          known = read(detail::borrow_window<Record>(payload, fields));
        }
        known.source = *source;
        return known;
      });
    }
    return std::visit(read, decode_any(payload));
  } catch (const EventError&) {
    return {};
  }
}

fixtures::ServiceAnswer read_answer(const std::string& response, const KnownEvent& event) {
  fixtures::ServiceAnswer answer = fixtures::read_service_answer(response, event.source);
  if (answer.complete_failure || !event.identifiers) return answer;
  for (const std::string& identifier : answer.reported) {
    if (!event.identifiers->contains(identifier))
      answer.complete_failure = fixtures::not_in_the_batch(identifier);
  }
  return answer;
}

std::string service_text(const InvokedFunction& invoked) {
  if (!failure_of(invoked.invocation).empty()) return "delivers the whole batch again: the invocation failed";
  const auto& [reported, complete_failure] = invoked.service;
  if (complete_failure) return "delivers the whole batch again: " + *complete_failure;
  if (reported.empty()) return "takes every record for done";
  if (fixtures::is_stream(invoked.source)) {
    const auto lowest = std::min_element(reported.begin(), reported.end(), fixtures::lower_sequence_number);
    return "starts again at " + *lowest + ": it delivers that record and each one after it again";
  }
  std::string text = "delivers again";
  for (const std::string& identifier : reported) text += ' ' + identifier;
  if (fixtures::has_partitions(invoked.source)) text += ", perhaps with those after it in its partition";
  return text;
}

/// The lines of the log, indented.
std::string indented(const std::string& log) {
  std::string text;
  for (const std::string_view line : lines_of(log)) text += "    " + printable(line) + '\n';
  return text;
}

}  // namespace

InvokedFunction invoke_once(const Function& function, const std::string& event) {
  runtime_api::FunctionProcess process(function);
  if (auto failed = process.start()) throw FunctionNotStarted(failed->problem, std::move(failed->log));
  const KnownEvent known = read_event(event);
  InvokedFunction invoked{
      .command = command_text(), .invocation = process.invoke(event), .source = known.source, .service = {}};
  if (has_response(invoked)) invoked.service = read_answer(invoked.invocation.body, known);
  return invoked;
}

std::string text_of(const InvokedFunction& invoked) {
  const auto& invocation = invoked.invocation;
  std::string text = fmt::format("  function  {}\n", printable(invoked.command));
  text += has_response(invoked)
              ? fmt::format("  response  {}\n", printable(invocation.body))
              : fmt::format("  {:<8}  {}\n", name(invocation.end), printable(invocation.problem));
  if (!invocation.misuse.empty()) text += fmt::format("  misuse    {}\n", printable(invocation.misuse));
  text += fmt::format("  service   {}\n", printable(service_text(invoked)));
  if (!invocation.log.empty()) text += "  log\n" + indented(invocation.log);
  return text;
}

std::string json_of(const InvokedFunction& invoked) {
  const auto& invocation = invoked.invocation;
  nlohmann::ordered_json json = begin_json_output();
  json["function"] = invoked.command;
  json["end"] = name(invocation.end);
  json["response"] = has_response(invoked) ? nlohmann::ordered_json(invocation.body) : nullptr;
  json["problem"] = invocation.problem;
  json["misuse"] = invocation.misuse;
  json["reported"] = invoked.service.reported;
  json["whole_batch"] =
      invoked.service.complete_failure ? nlohmann::ordered_json(*invoked.service.complete_failure) : nullptr;
  json["log"] = invocation.log;
  return to_text(json);
}

}  // namespace batchproof::tools
