#pragma once

// The rules of the Runtime API without the network: which request is answered how, and what a function does
// wrong
// ("Using the Lambda runtime API for custom runtimes", AWS Lambda developer guide).

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
  /// At most so many invocations may run at once.
  explicit Protocol(std::size_t max_concurrency);

  static bool is_next(const Request& request);

  /// Every request but that for the next event.
  Reply reply_to(Request request);

  /// A reply when the function must not ask now, since it has not answered; `others_that_ask` wait already.
  std::optional<Reply> refuse_next(std::size_t others_that_ask);

  /// Takes the oldest event that is offered, now running; null when there is none.
  Exchange* take_event();

  /// The event did not reach the function.
  void put_back(Exchange& exchange);

  /// The exchange must live until `forget_all`.
  void offer(Exchange& exchange) { offered_.push_back(&exchange); }
  void forget_all();

  bool has_asked() const noexcept { return has_asked_; }
  const std::optional<std::string>& init_error() const noexcept { return init_error_; }

  void note_misuse(const std::string& what);
  std::string take_misuse();

 private:
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
