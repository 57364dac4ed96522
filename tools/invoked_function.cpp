#include "invoked_function.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <batchproof/blackbox/verify_function.hpp>
#include <utility>

#include "function_options.hpp"
#include "json_output.hpp"
#include "terminal.hpp"

namespace batchproof::tools {
namespace {

bool has_response(const InvokedFunction& invoked) {
  return invoked.invocation.end == runtime_api::InvocationEnd::response;
}

std::string service_text(const InvokedFunction& invoked) {
  if (!has_response(invoked)) return "delivers the whole batch again: the invocation failed";
  if (invoked.service.whole_batch) return "delivers the whole batch again: " + *invoked.service.whole_batch;
  if (invoked.service.reported.empty()) return "takes every record for done";
  std::string text = "delivers again";
  for (const std::string& identifier : invoked.service.reported) text += ' ' + identifier;
  return text;
}

/// The lines of the log, indented.
std::string indented(const std::string& log) {
  std::string text;
  for (std::size_t begin = 0; begin < log.size();) {
    const std::size_t end = std::min(log.find('\n', begin), log.size());
    text += "    " + printable(log.substr(begin, end - begin)) + '\n';
    begin = end + 1;
  }
  return text;
}

}  // namespace

InvokedFunction invoke_once(const Function& function, const std::string& event) {
  runtime_api::FunctionProcess process(function);
  if (auto failed = process.start()) throw FunctionNotStarted(failed->problem, std::move(failed->log));
  InvokedFunction invoked{.command = command_text(), .invocation = process.invoke(event), .service = {}};
  if (has_response(invoked))
    invoked.service = fixtures::read_service_answer(invoked.invocation.body, fixtures::Source::sqs);
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
      invoked.service.whole_batch ? nlohmann::ordered_json(*invoked.service.whole_batch) : nullptr;
  json["log"] = invocation.log;
  return to_text(json);
}

}  // namespace batchproof::tools
