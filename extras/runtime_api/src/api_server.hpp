#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <list>
#include <memory>
#include <string>

#include "exchange.hpp"
#include "protocol.hpp"

namespace batchproof::runtime_api {

/// Serves the Runtime API on a port of its own of 127.0.0.1, while a caller runs the `io_context`. The
/// `io_context` must not run after the server is destroyed. One thread.
class ApiServer {
 public:
  /// Throws `boost::system::system_error` when no port is free.
  ApiServer(boost::asio::io_context& context, Protocol& protocol, std::chrono::milliseconds told_time);
  ~ApiServer();
  ApiServer(const ApiServer&) = delete;
  ApiServer& operator=(const ApiServer&) = delete;

  /// Such as "127.0.0.1:40123".
  std::string endpoint() const;

  /// Sends the event as soon as the function asks for one. The payload is not copied: it and the exchange
  /// must live until the exchange is done, unless the `io_context` never runs again.
  void offer(Exchange& exchange);

 private:
  struct Connection;
  struct Waiting;

  boost::asio::awaitable<void> accept_connections();
  boost::asio::awaitable<void> serve(boost::asio::ip::tcp::socket its_socket);
  boost::asio::awaitable<void> answer_requests(Connection& connection);
  boost::asio::awaitable<boost::system::error_code> answer_next(Connection& connection);
  boost::asio::awaitable<Exchange*> wait_for_event(boost::asio::ip::tcp::socket& socket);
  void hand_out();
  void forget_connections_that_were_left();
  void put_back_if_lost(Connection& connection);
  void note_unreadable(const boost::system::error_code& error);

  Protocol& protocol_;
  std::chrono::milliseconds told_time_;
  std::list<Connection> connections_;
  std::list<std::shared_ptr<Waiting>> waiting_;
  boost::asio::ip::tcp::acceptor acceptor_;
};

}  // namespace batchproof::runtime_api
