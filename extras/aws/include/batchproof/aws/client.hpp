#pragma once

// Calls a service of AWS that speaks JSON, with the credentials that Lambda gives to a function:
//
//   aws::Client sqs(aws::Service::sqs);
//   sqs.call("DeleteMessage", R"({"QueueUrl":"...","ReceiptHandle":"..."})");

#include <batchproof/aws/errors.hpp>
#include <batchproof/clock.hpp>
#include <batchproof/detail/export.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace batchproof::inline v0_1::aws {

struct Credentials {
  std::string access_key_id{};
  std::string secret_access_key{};
  std::string session_token{};  ///< empty for credentials that do not expire
};

/// AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN, which Lambda sets (AWS Lambda developer
/// guide, "Using Lambda environment variables"). Throws `ConfigurationError`, which names the missing one.
BATCHPROOF_EXPORT Credentials environment_credentials();

enum class Service { sqs, dynamodb };

struct ClientOptions {
  /// Left out: AWS_REGION, which Lambda sets, or AWS_DEFAULT_REGION.
  std::string region{};

  /// Such as "http://127.0.0.1:4566". Left out: AWS_ENDPOINT_URL_SQS or AWS_ENDPOINT_URL_DYNAMODB,
  /// AWS_ENDPOINT_URL, or else the service's endpoint in the region.
  std::string endpoint{};

  /// Asked once for each call, from the calling thread.
  std::function<Credentials()> credentials = environment_credentials;

  std::chrono::milliseconds connect_timeout{1'000};

  /// The longest that a call may take, its retries included. See also the argument of `call`.
  std::chrono::milliseconds time_limit{2'000};

  /// How often a call is tried when the service throttles it, has an internal error, or cannot be connected
  /// to. The waits between attempts double from 50 ms, and each is shortened at random. A wait that would
  /// leave no time for the attempt ends the call at once with the last error. A call that got no answer is
  /// not repeated, since the service may have executed it: neither after the time limit, nor when the service
  /// closes the connection. A kept connection that it closed earlier is replaced first.
  unsigned attempts = 3;

  Clock clock{};  ///< dates the requests; AWS refuses those that are some minutes off

  /// Waits between attempts; left out, the thread sleeps. For tests.
  std::function<void(std::chrono::milliseconds)> wait{};
};

/// Calls one service by its JSON protocol (AWS general reference, "Signature Version 4"; Amazon SQS developer
/// guide, "Making Query API requests using AWS JSON protocol"; Amazon DynamoDB developer guide, "DynamoDB
/// low-level API"). libcurl signs and sends the requests. A client keeps a connection for each call that runs
/// at the same time, so one client should serve all invocations.
///
/// Safe to use from several threads. Must not be used by a child process that was forked after its first
/// call.
class BATCHPROOF_EXPORT Client {
 public:
  /// An incomplete environment makes each call throw, not the constructor.
  explicit Client(Service service, ClientOptions options = {});
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  /// Calls an operation such as "SendMessage" with a JSON object, and returns the JSON object that the
  /// service answered; "{}" for the empty answer of SQS to operations that return nothing. The shorter of
  /// `time_limit` and the options' limit applies.
  ///
  /// Throws `ConfigurationError`, `ServiceError`, or `CallError` when no answer came in time, or one that is
  /// not a JSON object.
  std::string call(std::string_view operation, std::string_view body,
                   std::optional<std::chrono::milliseconds> time_limit = std::nullopt) const;

 private:
  class BATCHPROOF_NO_EXPORT Connections;
  struct BATCHPROOF_NO_EXPORT Call;

  Service service_;
  ClientOptions options_;
  std::unique_ptr<Connections> connections_;
};

}  // namespace batchproof::inline v0_1::aws
