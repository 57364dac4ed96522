#pragma once

#include <batchproof/fixtures/service_answer.hpp>
#include <batchproof/runtime_api.hpp>
#include <string>

namespace batchproof::tools {

/// One invocation of a function, and how the service reads its answer.
struct InvokedFunction {
  std::string command;
  runtime_api::Invocation invocation;
  fixtures::Source source;          ///< of the event; SQS for an event that is from no known source
  fixtures::ServiceAnswer service;  ///< as this source reads the response
};

/// Starts the function, and invokes it with one event. Throws `FunctionNotStarted`.
InvokedFunction invoke_once(const Function& function, const std::string& event);

/// For people, and for machines; docs/json_output.md lists the fields.
std::string text_of(const InvokedFunction& invoked);
std::string json_of(const InvokedFunction& invoked);

}  // namespace batchproof::tools
