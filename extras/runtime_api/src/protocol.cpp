#include "protocol.hpp"

#include <algorithm>
#include <boost/uuid/random_generator.hpp>
#include <boost/uuid/uuid_io.hpp>
#include <utility>

namespace batchproof::runtime_api {
namespace {

constexpr unsigned gone = 410;  // clients of Lambda then go on with the next invocation

constexpr std::string_view runtime = "/2018-06-01/runtime/";
constexpr std::string_view invocation = "/2018-06-01/runtime/invocation/";

std::string new_id() {
  thread_local boost::uuids::random_generator_mt19937 generate;
  return to_string(generate());
}

Reply refusal(unsigned status, const std::string& type, const std::string& message) {
  return {status, R"({"errorMessage":")" + message + R"(","errorType":")" + type + "\"}\n"};
}

/// Ids and paths come from the function, and must fit in one line of text.
std::string in_one_line(std::string_view text) {
  constexpr std::size_t most = 80;
  std::string line(text.substr(0, most));
  std::replace_if(
      line.begin(), line.end(), [](unsigned char byte) { return byte < 0x20 || byte == '"' || byte == '\\'; },
      '?');
  return line;
}

}  // namespace

Protocol::Protocol(std::size_t max_concurrency) : max_concurrency_(max_concurrency) {}

bool Protocol::is_next(const Request& request) {
  return !request.is_post && request.path == std::string(invocation) + "next";
}

Reply Protocol::reply_to(Request request) {
  const std::string_view path = request.path;
  if (request.is_post && path == std::string(runtime) + "init/error") {
    init_error_ = std::move(request.body);
    return {};
  }
  if (request.is_post && path.starts_with(invocation)) {
    const std::string_view rest = path.substr(invocation.size());
    const std::size_t slash = rest.find('/');
    const std::string id(rest.substr(0, slash));
    const std::string_view what = slash == std::string_view::npos ? "" : rest.substr(slash);
    if (what == "/response" || what == "/error") return take_answer(std::move(request), id, what == "/error");
  }
  // Extensions and SnapStart have paths of their own, which a function may try.
  return refusal(404, "PathNotFound", "no such path: " + in_one_line(path));
}

std::optional<Reply> Protocol::refuse_next(std::size_t others_that_ask) {
  has_asked_ = true;
  if (max_concurrency_ > 1 || running_.size() + others_that_ask == 0) return std::nullopt;
  note_misuse("it asks for the next invocation twice, without an answer in between");
  return refusal(403, "InvalidStateTransition", "an answer to the last invocation must come first");
}

Exchange* Protocol::take_event() {
  if (offered_.empty() || running_.size() >= max_concurrency_) return nullptr;
  Exchange& exchange = *offered_.front();
  offered_.pop_front();
  exchange.state = Exchange::State::running;
  exchange.request_id = new_id();
  exchange.invocation_id = new_id();
  exchange.taken_at = std::chrono::steady_clock::now();
  running_.push_back(&exchange);
  return &exchange;
}

void Protocol::put_back(std::string_view request_id) {
  const auto found = running(request_id);
  if (found == running_.end()) return;
  Exchange& exchange = **found;
  running_.erase(found);
  exchange.state = Exchange::State::offered;
  exchange.taken_at.reset();
  offered_.push_front(&exchange);
}

std::vector<Exchange*>::iterator Protocol::running(std::string_view request_id) {
  return std::find_if(running_.begin(), running_.end(),
                      [&](const Exchange* exchange) { return exchange->request_id == request_id; });
}

void Protocol::forget_all() {
  for (const Exchange* const exchange : running_) past_.push_back(exchange->request_id);
  running_.clear();
  offered_.clear();
}

Reply Protocol::take_answer(Request request, std::string_view request_id, bool is_error) {
  constexpr std::size_t remembered = 64;
  const auto found = running(request_id);
  if (found == running_.end()) return refuse_answer(request_id);
  Exchange& exchange = **found;
  // Older clients do not echo the id, and Lambda then checks nothing: see protocol.hpp.
  if (!request.invocation_id.empty() && request.invocation_id != exchange.invocation_id) {
    note_misuse("it answers with another Lambda-Runtime-Invocation-Id than the invocation had");
    return refusal(gone, "InvalidInvocationID", "not the id of this invocation");
  }
  running_.erase(found);
  past_.push_back(exchange.request_id);
  if (past_.size() > remembered) past_.pop_front();
  exchange.done_at = std::chrono::steady_clock::now();
  exchange.is_too_large = request.body.size() > largest_response_bytes;
  exchange.body = std::move(request.body);
  exchange.state = is_error || exchange.is_too_large ? Exchange::State::failed : Exchange::State::answered;
  if (!exchange.is_too_large) return {};
  return refusal(413, "RequestEntityTooLarge",
                 "more than " + std::to_string(largest_response_bytes) + " bytes");
}

Reply Protocol::refuse_answer(std::string_view request_id) {
  if (std::find(past_.begin(), past_.end(), request_id) != past_.end()) {
    note_misuse("it answers an invocation that is over");
    return refusal(gone, "InvocationIsOver", "this invocation is over");
  }
  note_misuse("it answers for a request id that it was not given: " + in_one_line(request_id));
  return refusal(400, "InvalidRequestID", "not the request id of a running invocation");
}

void Protocol::note_misuse(const std::string& what) {
  if (misuse_.empty()) misuse_ = what;  // later ones are mostly a consequence
}

std::string Protocol::take_misuse() { return std::exchange(misuse_, {}); }

}  // namespace batchproof::runtime_api
