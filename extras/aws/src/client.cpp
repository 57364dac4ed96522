// A call to AWS: its endpoint, its signature, and its retries.
//
//     Call call{*this, operation, body, steady_clock::now() + limit};
//     call.configure();
//     return call.run(*connection);

#include <algorithm>
#include <array>
#include <batchproof/aws/client.hpp>
#include <cstdlib>
#include <initializer_list>
#include <mutex>
#include <new>
#include <nlohmann/json.hpp>
#include <random>
#include <thread>
#include <utility>
#include <vector>

#include "connection.hpp"
#include "domain.hpp"

namespace batchproof::inline v0_1::aws {
namespace {

using Json = nlohmann::json;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

struct ServiceNames {
  const char* title;
  const char* signed_name;  // also the first part of its host name
  const char* target;       // before the operation, in the header X-Amz-Target
  const char* endpoint_variable;
};

const ServiceNames& names_of(Service service) noexcept {
  static constexpr ServiceNames sqs{"SQS", "sqs", "AmazonSQS", "AWS_ENDPOINT_URL_SQS"};
  static constexpr ServiceNames dynamodb{"DynamoDB", "dynamodb", "DynamoDB_20120810",
                                         "AWS_ENDPOINT_URL_DYNAMODB"};
  return service == Service::sqs ? sqs : dynamodb;
}

/// Empty where it is not set.
std::string variable(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? "" : value;
}

std::string first_of(std::initializer_list<std::string> texts) {
  for (const std::string& text : texts) {
    if (!text.empty()) return text;
  }
  return {};
}

bool is_json_object(const std::string& text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  return first != std::string::npos && text[first] == '{' && Json::accept(text);
}

/// The code and text of a service's error.
struct ErrorAnswer {
  std::string code;
  std::string message;
};

ErrorAnswer read_error(const std::string& body) {
  const Json json = Json::parse(body, nullptr, false);
  ErrorAnswer answer;
  if (!json.is_object()) return answer;
  const auto read = [&](const char* name, std::string& text) {
    if (json.contains(name) && json[name].is_string()) text = json[name];
  };
  read("__type", answer.code);
  answer.code.erase(0, answer.code.rfind('#') + 1);
  read("message", answer.message);
  read("Message", answer.message);
  return answer;
}

/// AWS's names for "try again later" (AWS SDKs and tools reference guide, "Retry behavior").
bool is_throttling(std::string_view code) {
  static constexpr std::array<std::string_view, 14> codes{"Throttling",
                                                          "ThrottlingException",
                                                          "ThrottledException",
                                                          "RequestThrottled",
                                                          "RequestThrottledException",
                                                          "TooManyRequestsException",
                                                          "ProvisionedThroughputExceededException",
                                                          "TransactionInProgressException",
                                                          "RequestLimitExceeded",
                                                          "BandwidthLimitExceeded",
                                                          "LimitExceededException",
                                                          "SlowDown",
                                                          "PriorRequestNotComplete",
                                                          "KmsThrottled"};
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

bool may_be_repeated(const ServiceError& error) {
  return error.http_status() >= 500 || error.http_status() == 429 || is_throttling(error.code());
}

/// A random time up to 50 ms, 100 ms, ... and at most a second.
milliseconds wait_before(unsigned attempt) {
  thread_local std::minstd_rand random(std::random_device{}());
  const milliseconds::rep longest = std::min<milliseconds::rep>(50LL << std::min(attempt - 1, 5U), 1'000);
  return milliseconds(std::uniform_int_distribution<milliseconds::rep>(0, longest)(random));
}

std::string seconds(std::chrono::system_clock::duration time) {
  return std::to_string(std::chrono::duration_cast<std::chrono::seconds>(time).count()) + " s";
}

/// A sentence when the clock of this machine explains why a request was refused: AWS allows five minutes.
std::string describe_skew(std::chrono::system_clock::time_point here,
                          std::chrono::system_clock::time_point server) {
  constexpr std::chrono::minutes allowed{5};
  if (server == std::chrono::system_clock::time_point{}) return {};
  if (here > server + allowed)
    return "; the clock here is " + seconds(here - server) + " ahead of the service's";
  if (server > here + allowed)
    return "; the clock here is " + seconds(server - here) + " behind the service's";
  return {};
}

}  // namespace

Credentials environment_credentials() {
  Credentials credentials{variable("AWS_ACCESS_KEY_ID"), variable("AWS_SECRET_ACCESS_KEY"),
                          variable("AWS_SESSION_TOKEN")};
  const auto require = [](const std::string& value, const char* name) {
    if (value.empty())
      throw ConfigurationError(std::string("no credentials: the environment variable ") + name +
                               " is not set; Lambda sets it from the function's role");
  };
  require(credentials.access_key_id, "AWS_ACCESS_KEY_ID");
  require(credentials.secret_access_key, "AWS_SECRET_ACCESS_KEY");
  return credentials;
}

/// Idle connections. A call borrows one, or a new one.
class Client::Connections {
 public:
  /// Gives the connection back when it goes out of scope.
  class Loan {
   public:
    explicit Loan(Connections& connections) : connections_(connections), connection_(connections.take()) {}
    Loan(const Loan&) = delete;
    Loan& operator=(const Loan&) = delete;
    ~Loan() { connections_.give_back(std::move(connection_)); }
    Connection& operator*() const noexcept { return *connection_; }

   private:
    Connections& connections_;
    std::unique_ptr<Connection> connection_;
  };

 private:
  std::unique_ptr<Connection> take() {
    {
      const std::lock_guard lock(mutex_);
      if (!idle_.empty()) {
        auto connection = std::move(idle_.back());
        idle_.pop_back();
        return connection;
      }
    }
    return std::make_unique<Connection>();
  }

  void give_back(std::unique_ptr<Connection> connection) noexcept {
    const std::lock_guard lock(mutex_);
    try {
      idle_.push_back(std::move(connection));
    } catch (const std::bad_alloc&) {  // then it is closed
    }
  }

  std::mutex mutex_;
  std::vector<std::unique_ptr<Connection>> idle_;
};

/// One call, until it succeeds or is abandoned.
struct Client::Call {
  const Client& client;
  std::string_view operation;
  std::string_view body;
  steady_clock::time_point give_up;
  std::string region{};
  std::string endpoint{};
  Credentials credentials{};
  unsigned attempt = 0;

  const ServiceNames& names() const noexcept { return names_of(client.service_); }

  std::string failed(const std::string& reason) const {
    return std::string(names().title) + " " + std::string(operation) + " failed: " + reason;
  }

  /// Throws `ConfigurationError` for what is missing.
  void configure() {
    const ClientOptions& options = client.options_;
    region = first_of({options.region, variable("AWS_REGION"), variable("AWS_DEFAULT_REGION")});
    if (region.empty()) {
      throw ConfigurationError(
          failed("no region: set .region, or the environment variable AWS_REGION, which Lambda sets"));
    }
    endpoint =
        first_of({options.endpoint, variable(names().endpoint_variable), variable("AWS_ENDPOINT_URL")});
    if (endpoint.empty())
      endpoint.append("https://")
          .append(names().signed_name)
          .append(".")
          .append(region)
          .append(".")
          .append(domain_of(region));
    try {
      credentials = options.credentials();
    } catch (const ConfigurationError& error) {
      throw ConfigurationError(failed(error.what()));
    }
  }

  milliseconds time_left() const {
    return std::chrono::duration_cast<milliseconds>(give_up - steady_clock::now());
  }

  /// How long to wait for the next attempt; nothing when there is none, or too little time would be left for
  /// it.
  std::optional<milliseconds> wait_before_next() const {
    if (attempt >= client.options_.attempts) return std::nullopt;
    const milliseconds time = wait_before(attempt);
    constexpr milliseconds shortest_attempt{10};
    return time + shortest_attempt < time_left() ? std::optional(time) : std::nullopt;
  }

  void wait(milliseconds time) const {
    if (client.options_.wait) {
      client.options_.wait(time);
    } else {
      std::this_thread::sleep_for(time);
    }
  }

  /// The body of a successful answer; throws for all others.
  std::string read(const HttpResponse& response, std::chrono::system_clock::time_point sent) const {
    const std::string about = "(HTTP " + std::to_string(response.status) +
                              (response.request_id.empty() ? "" : ", request " + response.request_id) + ", " +
                              endpoint + ", region " + region + ")";
    if (response.status == 200) {
      if (is_json_object(response.body)) return response.body;
      if (client.service_ == Service::sqs && response.body.empty()) return "{}";  // as DeleteMessage answers
      throw CallError(failed("the answer is not a JSON object " + about));
    }
    const ErrorAnswer error = read_error(response.body);
    std::string reason = error.code.empty() ? "an error without a code" : error.code;
    if (!error.message.empty()) reason += ": " + error.message;
    throw ServiceError(failed(reason + " " + about + describe_skew(sent, response.date)), error.code,
                       response.request_id, response.status);
  }

  std::string try_once(Connection& connection) const {
    const auto now_here = now(client.options_.clock);
    const milliseconds left = time_left();
    if (left <= milliseconds(0)) throw CallError(failed("no time was left for it (" + endpoint + ")"));
    const HttpResponse& response = connection.post(
        {.url = endpoint,
         .region = region,
         .service = names().signed_name,
         .credentials = credentials,
         .time = now_here,
         .headers = {"Content-Type: application/x-amz-json-1.0",
                     "X-Amz-Target: " + std::string(names().target) + "." + std::string(operation)},
         .body = body,
         .connect_timeout = client.options_.connect_timeout,
         .timeout = left});
    return read(response, now_here);
  }

  std::string run(Connection& connection) {
    for (;;) {
      ++attempt;
      std::optional<milliseconds> next;
      try {
        return try_once(connection);
      } catch (const ServiceError& error) {
        if (may_be_repeated(error)) next = wait_before_next();
        if (!next) throw;
      } catch (const TransferError& error) {
        if (!error.was_sent()) next = wait_before_next();
        if (!next) throw CallError(failed(std::string(error.what()) + " (" + endpoint + ")"));
      }
      wait(*next);
    }
  }
};

Client::Client(Service service, ClientOptions options)
    : service_(service), options_(std::move(options)), connections_(std::make_unique<Connections>()) {}

Client::~Client() = default;

std::string Client::call(std::string_view operation, std::string_view body,
                         std::optional<milliseconds> time_limit) const {
  const milliseconds limit = std::min(time_limit.value_or(options_.time_limit), options_.time_limit);
  Call call{*this, operation, body, steady_clock::now() + limit};
  call.configure();
  const Connections::Loan connection(*connections_);
  return call.run(*connection);
}

}  // namespace batchproof::inline v0_1::aws
