#pragma once

// One HTTP connection, which is kept between requests. libcurl signs and sends them.
//
//     Connection connection;
//     const HttpResponse& response =
//         connection.post({.url = endpoint, .region = region, .credentials = credentials, .body = body});

#include <batchproof/aws/client.hpp>
#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace batchproof::inline v0_1::aws {

struct SignedRequest {
  std::string_view url;
  std::string_view region;
  std::string_view service;  ///< as the signature names it, such as "dynamodb"
  const Credentials& credentials;
  std::chrono::system_clock::time_point time;  ///< the date of the request
  std::vector<std::string> headers;            ///< "Name: value", all of them signed
  std::string_view body;
  std::chrono::milliseconds connect_timeout;
  std::chrono::milliseconds timeout;
};

struct HttpResponse {
  long status = 0;
  std::string body;
  std::string request_id;
  std::chrono::system_clock::time_point date;  ///< the server's; the epoch when the response has none
};

/// The request did not reach the server, or its answer did not come.
class TransferError : public std::runtime_error {
 public:
  TransferError(const std::string& reason, bool was_sent) : std::runtime_error(reason), was_sent_(was_sent) {}

  /// False when no connection was made, so that the server cannot have executed the request.
  bool was_sent() const noexcept { return was_sent_; }

 private:
  bool was_sent_;
};

/// One thread at a time.
class Connection {
 public:
  Connection();
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  /// Posts the request. The response lives until the next call. Throws `TransferError`.
  const HttpResponse& post(const SignedRequest& request);

 private:
  struct Handle;
  std::unique_ptr<Handle> handle_;
};

}  // namespace batchproof::inline v0_1::aws
