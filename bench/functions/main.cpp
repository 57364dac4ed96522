// The cost of verifying functions: invocations a second through the search of `verify_function`
// beside a bare loop that hands the same events to the same server; and what the server itself adds to an
// invocation, beside one that only copies bytes. All of it in one run, without time to start processes.
//
//     batchproof_bench_functions
//
// The status is 1 where a limit is exceeded.

#include <fmt/core.h>
#include <unistd.h>

#include <batchproof/batch.hpp>
#include <batchproof/blackbox.hpp>
#include <batchproof/properties/verify_observed.hpp>
#include <batchproof/runtime_api.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>
#include <boost/process/child.hpp>
#include <boost/process/env.hpp>
#include <boost/process/environment.hpp>
#include <charconv>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "../timing.hpp"

namespace bp = batchproof;
namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

constexpr const char* nothing_failed = R"({"batchItemFailures":[]})";

/// Sends and receives messages of HTTP whose header says how long their body is.
class Connection {
 public:
  explicit Connection(tcp::socket socket) : socket_(std::move(socket)) {
    socket_.set_option(tcp::no_delay(true));
  }

  void send(const std::string& message) { asio::write(socket_, asio::buffer(message)); }

  struct Message {
    std::string header;
    std::string body;
  };

  Message receive() {
    const std::size_t header = asio::read_until(socket_, asio::dynamic_buffer(received_), "\r\n\r\n");
    Message message{received_.substr(0, header), ""};
    const std::string_view length = value_of(message.header, "\r\nContent-Length: ");
    std::size_t size = 0;
    std::from_chars(length.data(), length.data() + length.size(), size);
    if (received_.size() < header + size)
      asio::read(socket_, asio::dynamic_buffer(received_),
                 asio::transfer_exactly(header + size - received_.size()));
    message.body = received_.substr(header, size);
    received_.erase(0, header + size);
    return message;
  }

  static std::string_view value_of(std::string_view header, std::string_view name) {
    const std::size_t begin = header.find(name);
    if (begin == std::string_view::npos) return "";
    header.remove_prefix(begin + name.size());
    return header.substr(0, header.find('\r'));
  }

 private:
  tcp::socket socket_;
  std::string received_;
};

std::string with_body(std::string header, std::string_view body) {
  header += fmt::format("Content-Length: {}\r\n\r\n", body.size());
  return header += body;
}

/// A function that asks as fast as it can, and answers that nothing failed. Never returns.
[[noreturn]] void serve_as_function() {
  const std::string endpoint = std::getenv("AWS_LAMBDA_RUNTIME_API");
  const auto port = static_cast<unsigned short>(std::stoi(endpoint.substr(endpoint.find(':') + 1)));
  asio::io_context context;
  tcp::socket socket(context);
  socket.connect({asio::ip::address_v4::loopback(), port});
  Connection connection(std::move(socket));
  while (true) {
    connection.send("GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\nHost: x\r\n\r\n");
    const auto event = connection.receive();
    const std::string id(Connection::value_of(event.header, "\r\nLambda-Runtime-Aws-Request-Id: "));
    connection.send(with_body(
        "POST /2018-06-01/runtime/invocation/" + id + "/response HTTP/1.1\r\nHost: x\r\n", nothing_failed));
    connection.receive();
  }
}

/// The same function, on a server that only copies bytes: it parses no request, and knows no rule.
class BareServer {
 public:
  explicit BareServer(const std::string& program)
      : acceptor_(context_, tcp::endpoint(asio::ip::address_v4::loopback(), 0)),
        process_(program, "--serve",
                 boost::process::env["AWS_LAMBDA_RUNTIME_API"] =
                     "127.0.0.1:" + std::to_string(acceptor_.local_endpoint().port())),
        connection_(acceptor_.accept()) {}
  BareServer(const BareServer&) = delete;
  BareServer& operator=(const BareServer&) = delete;
  ~BareServer() {
    std::error_code ignored;
    process_.terminate(ignored);
  }

  std::string invoke(const std::string& event) {
    connection_.receive();
    connection_.send(with_body(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
        "Lambda-Runtime-Aws-Request-Id: 00000000-0000-4000-8000-000000000000\r\n"
        "Lambda-Runtime-Invocation-Id: 00000000-0000-4000-8000-000000000000\r\n"
        "Lambda-Runtime-Deadline-Ms: 4000000000000\r\n"
        "Lambda-Runtime-Invoked-Function-Arn: arn:aws:lambda:us-east-1:123456789012:function:function\r\n"
        "Lambda-Runtime-Trace-Id: "
        "Root=1-00000000-000000000000000000000000;Parent=0000000000000000;Sampled=0\r\n",
        event));
    std::string answer = connection_.receive().body;
    connection_.send("HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n");
    return answer;
  }

 private:
  asio::io_context context_;
  tcp::acceptor acceptor_;
  boost::process::child process_;
  Connection connection_;
};

bp::runtime_api::FunctionProcess started(const bp::Function& function) {
  bp::runtime_api::FunctionProcess process(function);
  if (const auto failed = process.start()) throw std::runtime_error(failed->problem + "\n" + failed->log);
  return process;
}

bool compare_servers(const std::string& program) {
  constexpr int blocks = 40;
  constexpr int invocations = 250;
  constexpr double limit = 100;
  const std::string event =
      R"({"Records":[{"messageId":"00000000-0000-4000-8000-000000000000","body":"{}","eventSource":"aws:sqs"}]})";
  auto process = started({.command = {program, "--serve"}});
  BareServer bare(program);
  const auto microseconds_of = [&](const auto& invoke) {
    // Of this process, in which the servers run and the function does not.
    const double seconds = bp::bench::processor_seconds_of([&] {
      for (int number = 0; number < invocations; ++number)
        if (invoke() != nothing_failed) throw std::runtime_error("another answer than the function gave");
    });
    return seconds * 1e6 / invocations;
  };
  std::vector<double> times;
  std::vector<double> bare_times;
  std::vector<double> added;
  for (int block = 0; block < blocks; ++block) {  // in turn, so that both meet the same moods of the machine
    times.push_back(microseconds_of([&] { return process.invoke(event).body; }));
    bare_times.push_back(microseconds_of([&] { return bare.invoke(event); }));
    added.push_back(times.back() - bare_times.back());
  }
  const double difference = bp::bench::median(added);
  fmt::print(
      "server     copies bytes {:6.1f} us   Runtime API {:6.1f} us   added {:6.1f} us, limit {:.0f} us\n",
      bp::bench::median(bare_times), bp::bench::median(times), difference, limit);
  return difference <= limit;
}

/// What `verify_function` does once its process has started. The events are those that a bare loop sends.
double seconds_of_search(const bp::Function& function, std::vector<std::string>& events) {
  const bp::VerifyFunctionOptions options;
  const auto claims = bp::blackbox::claims_of(options);
  bp::blackbox::FunctionSubject subject(function, claims);
  subject.start();
  return bp::bench::seconds_of([&] {
    const auto report = bp::properties::verify_observed(
        bp::blackbox::laws_of_functions(false), bp::fixtures::Source::sqs,
        [&](const auto& batch_case, const std::string& payload) {
          events.push_back(payload);
          return subject(batch_case, payload);
        },
        claims, {{R"({"quantity": 2})", R"({"quantity": 7})"}, {R"({"quantity": 0})", "not json"}},
        {.cases = 1000, .seed = 1, .small_cases_budget = std::chrono::milliseconds(1000)});
    if (!report.passed()) throw std::runtime_error(report.text());
  });
}

double seconds_of_loop(const bp::Function& function, const std::vector<std::string>& events) {
  auto process = started(function);
  return bp::bench::seconds_of([&] {
    for (const std::string& event : events) process.invoke(event);
  });
}

bool compare_search(const char* name, const bp::Function& function) {
  constexpr int rounds = 5;
  constexpr double limit = 0.85;
  std::vector<double> searches;
  std::vector<double> loops;
  std::vector<double> ratios;
  std::vector<double> added;  // by the search, of the time of this process
  for (int round = 0; round < rounds; ++round) {
    std::vector<std::string> events;
    double search = 0;
    double loop = 0;
    const double of_search =
        bp::bench::processor_seconds_of([&] { search = seconds_of_search(function, events); });
    const double of_loop = bp::bench::processor_seconds_of([&] { loop = seconds_of_loop(function, events); });
    const auto invocations = static_cast<double>(events.size());
    searches.push_back(invocations / search);
    loops.push_back(invocations / loop);
    ratios.push_back(searches.back() / loops.back());
    added.push_back((of_search - of_loop) * 1e6 / invocations);
  }
  const double ratio = bp::bench::median(ratios);
  fmt::print(
      "{:<10} bare loop {:6.0f} invocations/s   verify_function {:6.0f}   ratio {:.2f}, limit {:.2f}; its "
      "own "
      "time {:.0f} us more\n",
      name, bp::bench::median(loops), bp::bench::median(searches), ratio, limit, bp::bench::median(added));
  return ratio >= limit;
}

}  // namespace

int main(int count, char** arguments) {
  if (count > 1 && arguments[1] == std::string_view("--serve")) serve_as_function();
  const std::string program = std::filesystem::read_symlink("/proc/self/exe");
  bool is_within = compare_servers(program);
#ifdef BATCHPROOF_CPP_FUNCTION
  is_within &= compare_search("C++", {.command = {BATCHPROOF_CPP_FUNCTION}});
#endif
  if (std::string_view(BATCHPROOF_NODE).find('/') == std::string_view::npos) {
    fmt::print(stderr, "Node is not installed, and left out\n");
  } else {
    is_within &= compare_search("Node", {.command = {BATCHPROOF_NODE, "runtime.mjs"},
                                         .environment = {{"_HANDLER", "index.handler"}},
                                         .working_directory = BATCHPROOF_NODE_FUNCTION});
  }
  return is_within ? 0 : 1;
}
