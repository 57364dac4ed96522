#pragma once

// The rules of the Runtime API without the network: the answer to each request, and the mistakes of a
// function ("Using the Lambda runtime API for custom runtimes", AWS Lambda developer guide).
//
//     protocol.offer(exchange);
//     Exchange* const next = protocol.take_event();
//     Reply reply = protocol.reply_to(std::move(request));
//
// Lambda-Runtime-Invocation-Id is checked as Lambda checks it: an answer with another id is refused, and an
// answer without one is taken ("If runtime doesn't echo it (old version), RAPID skips validation",
// github.com/awslabs/aws-lambda-cpp/pull/221).

#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "exchange.hpp"

namespace batchproof::runtime_api {

/// The largest response that Lambda takes ("Lambda quotas": 6 MB, and some bytes for its envelope).
inline constexpr std::size_t largest_response_bytes = 6'291'556;

struct Request {
  bool is_post = false;
  std::string path{};
  std::string invocation_id{};  ///< of the header; empty when there is none
  std::string body{};
};

struct Reply {
  unsigned status = 202;
  std::string body = R"({"status":"OK"})"
                     "\n";
};

class Protocol {
 public:
  /// At most `max_concurrency` invocations may run at once.
  explicit Protocol(std::size_t max_concurrency);

  static bool is_next(const Request& request);

  /// Answers every request except that for the next event.
  Reply reply_to(Request request);

  /// A refusal when the function must not ask now, since it has not answered yet; `others_that_ask` requests
  /// wait already. With a concurrency it may ask ahead, as Lambda's client for Node does: the requests wait,
  /// as they do on managed instances (github.com/aws/aws-lambda-runtime-interface-emulator).
  std::optional<Reply> refuse_next(std::size_t others_that_ask);

  /// The oldest offered event, which now runs; null when there is none, or when enough are running.
  Exchange* take_event();

  /// To be called when the event did not reach the function. No effect when no event with this id is running.
  void put_back(std::string_view request_id);

  /// The exchange must live until `forget_all`.
  void offer(Exchange& exchange) { offered_.push_back(&exchange); }
  void forget_all();

  bool has_asked() const noexcept { return has_asked_; }
  const std::optional<std::string>& init_error() const noexcept { return init_error_; }

  void note_misuse(const std::string& what);
  std::string take_misuse();

 private:
  std::vector<Exchange*>::iterator running(std::string_view request_id);
  Reply take_answer(Request request, std::string_view request_id, bool is_error);
  Reply refuse_answer(std::string_view request_id);

  std::size_t max_concurrency_;
  std::deque<Exchange*> offered_;
  std::vector<Exchange*> running_;
  std::deque<std::string> past_;  // the last request ids that need no more answer
  bool has_asked_ = false;
  std::optional<std::string> init_error_;
  std::string misuse_;
};

}  // namespace batchproof::runtime_api
