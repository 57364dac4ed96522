#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <cstddef>
#include <list>
#include <memory>
#include <string>

#include "exchange.hpp"
#include "protocol.hpp"

namespace batchproof::runtime_api {

/// Serves the Runtime API on a port of its own of 127.0.0.1, while somebody runs the `io_context`, which must
/// not run after the end of the server. One thread.
class ApiServer {
 public:
  /// Throws `boost::system::system_error` when there is no port.
  ApiServer(boost::asio::io_context& context, Protocol& protocol, std::chrono::milliseconds time_limit);
  ~ApiServer();
  ApiServer(const ApiServer&) = delete;
  ApiServer& operator=(const ApiServer&) = delete;

  /// "127.0.0.1:40123".
  std::string endpoint() const;

  /// Hands out the exchange as soon as the function asks. The payload is not copied: both must live until the
  /// exchange is done, or else the `io_context` must not run again.
  void offer(Exchange& exchange);

 private:
  struct Waiting;

  boost::asio::awaitable<void> accept_connections();
  boost::asio::awaitable<void> serve(boost::asio::ip::tcp::socket socket);
  boost::asio::awaitable<boost::system::error_code> answer_next(boost::asio::ip::tcp::socket& socket);
  boost::asio::awaitable<Exchange*> wait_for_event(boost::asio::ip::tcp::socket& socket);
  void drop_closed();
  void note_unreadable(const boost::system::error_code& error);

  Protocol& protocol_;
  std::chrono::milliseconds time_limit_;
  std::list<std::shared_ptr<Waiting>> waiting_;
  boost::asio::ip::tcp::acceptor acceptor_;
};

}  // namespace batchproof::runtime_api
