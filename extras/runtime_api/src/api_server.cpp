// The HTTP server: connections, keep-alive and requests that wait for an event. `Protocol` implements the
// rules.
//
//     ApiServer server(context, protocol, told_time);
//     server.offer(exchange);  // sent when the function asks server.endpoint() for it

#include "api_server.hpp"

#include <sys/ioctl.h>
#include <sys/socket.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <cerrno>
#include <utility>

#include "environment.hpp"

namespace batchproof::runtime_api {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;
using ErrorCode = boost::system::error_code;

constexpr unsigned http_version = 11;
constexpr const char* invocation_id_header = "Lambda-Runtime-Invocation-Id";

/// Far more than Lambda takes, so that a response that is a little too large is read and refused.
constexpr std::uint64_t most_bytes_read = 64U << 20U;

/// Runtimes put an error's text and stack into a header, up to 1 MiB.
constexpr std::uint32_t most_header_bytes_read = 8U << 20U;

auto note_in(ErrorCode& error) { return asio::redirect_error(asio::use_awaitable, error); }

Request request_of(http::request<http::string_body>&& message) {
  const auto target = message.target();
  const auto invocation_id = message[invocation_id_header];
  return {.is_post = message.method() == http::verb::post,
          .path = std::string(target.data(), target.size()),
          .invocation_id = std::string(invocation_id.data(), invocation_id.size()),
          .body = std::move(message.body())};
}

enum class OtherSide { open, closed, reset };

/// `closed`: the function may still read what was sent. `reset`: it will read nothing more.
OtherSide other_side_of(tcp::socket& socket) {
  char byte = 0;
  const auto size = recv(socket.native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
  if (size > 0) return OtherSide::open;
  if (size < 0) return errno == EAGAIN || errno == EINTR ? OtherSide::open : OtherSide::reset;
  return OtherSide::closed;
}

/// True when the function closed the connection without having read all that was sent to it. TCP then resets
/// the connection; until the reset arrives, some sent bytes are unacknowledged.
bool has_lost_bytes(tcp::socket& socket) {
  const OtherSide other_side = other_side_of(socket);
  if (other_side != OtherSide::closed) return other_side == OtherSide::reset;
  int unacknowledged_bytes = 0;
  if (ioctl(socket.native_handle(), TIOCOUTQ, &unacknowledged_bytes) == 0 && unacknowledged_bytes > 0)
    return true;
  int error = 0;
  socklen_t size = sizeof error;
  return getsockopt(socket.native_handle(), SOL_SOCKET, SO_ERROR, &error, &size) != 0 || error != 0;
}

std::string deadline_in(std::chrono::milliseconds told_time) {
  const auto deadline = std::chrono::system_clock::now() + told_time;
  return std::to_string(
      std::chrono::duration_cast<std::chrono::milliseconds>(deadline.time_since_epoch()).count());
}

/// A trace id in X-Ray's format, made of the request id.
std::string trace_id_of(const std::string& request_id) {
  std::string digits = request_id;
  digits.erase(std::remove(digits.begin(), digits.end(), '-'), digits.end());
  return "Root=1-" + digits.substr(0, 8) + '-' + digits.substr(8, 24) + ";Parent=" + digits.substr(16, 16) +
         ";Sampled=0";
}

asio::awaitable<ErrorCode> write_reply(tcp::socket& socket, const Reply& reply, bool keeps_alive) {
  http::response<http::string_body> message(http::int_to_status(reply.status), http_version, reply.body);
  message.set(http::field::content_type, "application/json");
  message.keep_alive(keeps_alive);
  message.prepare_payload();
  ErrorCode error;
  co_await http::async_write(socket, message, note_in(error));
  co_return error;
}

}  // namespace

/// Beast throws for a name or value of 64 KiB. A value is cut before, and a field with such a name left out:
/// the protocol reads none of them.
class RequestParser : public http::request_parser<http::string_body> {
  void on_field_impl(http::field field, boost::beast::string_view name, boost::beast::string_view value,
                     ErrorCode&) override {
    constexpr std::size_t most_bytes = std::size_t{32} << 10U;
    if (name.size() <= most_bytes) get().insert(field, name, value.substr(0, most_bytes));
  }
};

struct ApiServer::Connection {
  tcp::socket socket;
  std::string request_id{};  ///< of the last event that was sent here
};

/// A request for the next event that has no answer yet.
struct ApiServer::Waiting {
  explicit Waiting(tcp::socket& its_socket) : socket(its_socket), wake(its_socket.get_executor()) {}

  tcp::socket& socket;
  asio::steady_timer wake;
  Exchange* given = nullptr;
};

ApiServer::ApiServer(asio::io_context& context, Protocol& protocol, std::chrono::milliseconds told_time)
    : protocol_(protocol),
      told_time_(told_time),
      acceptor_(context, tcp::endpoint(asio::ip::address_v4::loopback(), 0)) {
  asio::co_spawn(context, accept_connections(), asio::detached);
}

ApiServer::~ApiServer() = default;

std::string ApiServer::endpoint() const {
  return "127.0.0.1:" + std::to_string(acceptor_.local_endpoint().port());
}

void ApiServer::offer(Exchange& exchange) {
  protocol_.offer(exchange);
  forget_connections_that_were_left();
  hand_out();
}

void ApiServer::hand_out() {
  while (!waiting_.empty()) {
    Exchange* const exchange = protocol_.take_event();
    if (exchange == nullptr) return;
    const auto first = waiting_.front();
    waiting_.pop_front();
    first->given = exchange;
    first->wake.cancel();
  }
}

void ApiServer::forget_connections_that_were_left() {
  waiting_.remove_if([](const std::shared_ptr<Waiting>& waiting) {
    if (other_side_of(waiting->socket) == OtherSide::open) return false;
    waiting->wake.cancel();
    return true;
  });
  for (Connection& connection : connections_) put_back_if_lost(connection);
}

void ApiServer::put_back_if_lost(Connection& connection) {
  if (connection.request_id.empty() || !has_lost_bytes(connection.socket)) return;
  protocol_.put_back(std::exchange(connection.request_id, {}));
}

asio::awaitable<void> ApiServer::accept_connections() {
  while (true) {
    ErrorCode error;
    tcp::socket socket = co_await acceptor_.async_accept(note_in(error));
    if (error) co_return;
    socket.set_option(tcp::no_delay(true), error);
    asio::co_spawn(acceptor_.get_executor(), serve(std::move(socket)), asio::detached);
  }
}

asio::awaitable<void> ApiServer::serve(tcp::socket its_socket) {
  const auto connection = connections_.insert(connections_.end(), Connection{std::move(its_socket)});
  co_await answer_requests(*connection);
  put_back_if_lost(*connection);
  connections_.erase(connection);
  hand_out();
}

asio::awaitable<void> ApiServer::answer_requests(Connection& connection) {
  tcp::socket& socket = connection.socket;
  boost::beast::flat_buffer buffer;
  ErrorCode error;
  for (bool keeps_alive = true; keeps_alive && !error;) {
    RequestParser parser;
    parser.body_limit(most_bytes_read);
    parser.header_limit(most_header_bytes_read);
    co_await http::async_read(socket, buffer, parser, note_in(error));
    if (error) {
      // Reading cleared the error of the socket.
      if (error == asio::error::connection_reset) protocol_.put_back(connection.request_id);
      note_unreadable(error);
      co_return;
    }
    keeps_alive = parser.get().keep_alive();
    Request request = request_of(parser.release());
    if (!Protocol::is_next(request)) {
      const Reply reply = protocol_.reply_to(std::move(request));
      hand_out();  // an answer makes room for another invocation
      error = co_await write_reply(socket, reply, keeps_alive);
      continue;
    }
    forget_connections_that_were_left();
    if (const auto refused = protocol_.refuse_next(waiting_.size())) {
      error = co_await write_reply(socket, *refused, keeps_alive);
    } else {
      error = co_await answer_next(connection);
    }
  }
}

void ApiServer::note_unreadable(const ErrorCode& error) {
  if (error == http::error::partial_message) {
    protocol_.note_misuse("it closed the connection in the middle of a request");
  } else if (error == http::error::body_limit) {
    protocol_.note_misuse("it posted more than " + std::to_string(most_bytes_read >> 20U) + " MiB");
  } else if (error != http::error::end_of_stream &&
             error.category() == ErrorCode(http::error::bad_method).category()) {
    protocol_.note_misuse("it sent a request that is not HTTP: " + error.message());
  }
}

asio::awaitable<ErrorCode> ApiServer::answer_next(Connection& connection) {
  Exchange* const exchange = co_await wait_for_event(connection.socket);
  if (exchange == nullptr) co_return ErrorCode(asio::error::eof);
  connection.request_id = exchange->request_id;
  http::response<http::span_body<const char>> message(http::status::ok, http_version);
  message.set(http::field::content_type, "application/json");
  message.set("Lambda-Runtime-Aws-Request-Id", exchange->request_id);
  message.set(invocation_id_header, exchange->invocation_id);
  message.set("Lambda-Runtime-Deadline-Ms", deadline_in(told_time_));
  message.set("Lambda-Runtime-Invoked-Function-Arn", function_arn);
  message.set("Lambda-Runtime-Trace-Id", trace_id_of(exchange->request_id));
  message.body() = {exchange->payload.data(), exchange->payload.size()};
  message.prepare_payload();
  ErrorCode error;
  co_await http::async_write(connection.socket, message, note_in(error));
  if (error) protocol_.put_back(connection.request_id);
  co_return error;
}

asio::awaitable<Exchange*> ApiServer::wait_for_event(tcp::socket& socket) {
  if (Exchange* const exchange = protocol_.take_event()) co_return exchange;
  const auto waiting = std::make_shared<Waiting>(socket);
  waiting->wake.expires_at(std::chrono::steady_clock::time_point::max());
  waiting_.push_back(waiting);
  // A client that waits for an event sends nothing, so its socket becomes readable only when it is closed.
  socket.async_wait(tcp::socket::wait_read, [waiting, this](const ErrorCode& error) {
    if (error || waiting->given != nullptr) return;
    waiting_.remove(waiting);
    waiting->wake.cancel();
  });
  ErrorCode woken;
  co_await waiting->wake.async_wait(note_in(woken));
  ErrorCode ignored;
  socket.cancel(ignored);
  co_return waiting->given;
}

}  // namespace batchproof::runtime_api
