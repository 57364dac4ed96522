#pragma once

// The result of one invocation of a function, and the ways in which it can end.

#include <string>
#include <string_view>

namespace batchproof::runtime_api {

/// The way in which an invocation ended.
enum class InvocationEnd {
  response,     ///< the function answered
  error,        ///< the function reported an error, or its response was larger than Lambda takes
  ended,        ///< the process ended before it answered
  timed_out,    ///< there was no answer within the time limit; the process was ended
  not_started,  ///< the process never asked for an invocation
};

/// "response", "error", "ended", "timed out" or "not started".
std::string_view name(InvocationEnd end) noexcept;

/// The result of one invocation. A plain value.
struct Invocation {
  InvocationEnd end = InvocationEnd::not_started;
  std::string body{};     ///< the bytes that the function posted: its response, or the JSON of its error
  std::string problem{};  ///< for people, one line; empty after a response

  /// How the function broke the rules of the Runtime API since the last invocation, as one line: it answered
  /// twice, or for another request id. Empty when it followed the rules.
  std::string misuse{};

  bool is_taken = false;  ///< the function asked for the event and got it
  std::string log{};      ///< what the process wrote to stdout and stderr since the last invocation
};

/// The reason why a service would not get an answer that counts, as one line: the problem, and how the
/// function broke the rules. Empty for a response of a function that kept them.
std::string failure_of(const Invocation& invocation);

}  // namespace batchproof::runtime_api
