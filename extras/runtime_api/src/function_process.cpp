#include <unistd.h>

#include <algorithm>
#include <array>
#include <batchproof/runtime_api/function_process.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/system/system_error.hpp>
#include <cerrno>
#include <deque>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <system_error>
#include <utility>

#include "api_server.hpp"
#include "bounded_log.hpp"
#include "environment.hpp"
#include "protocol.hpp"
#include "supervised_process.hpp"

namespace batchproof::runtime_api {
namespace {

namespace asio = boost::asio;
using std::chrono::steady_clock;

Function checked(Function function) {
  if (function.command.empty() || function.command.front().empty())
    throw std::invalid_argument("a function needs the command that starts it");
  if (function.awaited_time().count() <= 0 || function.init_time_limit.count() <= 0 ||
      function.max_concurrency < 1 || function.memory_megabytes < 1)
    throw std::invalid_argument("a function's time limits, memory and max_concurrency must be positive");
  for (const auto& [name, value] : function.environment) {
    if (name.empty() || name.find('=') != std::string::npos || (name + value).find('\0') != std::string::npos)
      throw std::invalid_argument("no environment variable can be called \"" + name +
                                  "\" or have this value");
    if (name == "AWS_LAMBDA_RUNTIME_API")
      throw std::invalid_argument("AWS_LAMBDA_RUNTIME_API is the address that batchproof serves");
  }
  return function;
}

std::string seconds_of(std::chrono::milliseconds time) {
  const auto count = time.count();
  return count % 1000 == 0 ? std::to_string(count / 1000) + " s" : std::to_string(count) + " ms";
}

/// The error that the function posted, in one line, such as "ValueError: no quantity".
std::string text_of_error(const std::string& posted) {
  const auto json = nlohmann::json::parse(posted, nullptr, false);
  const auto member = [&](const char* name) {
    return json.is_object() && json.contains(name) && json[name].is_string() ? json[name].get<std::string>()
                                                                             : std::string();
  };
  std::string text = member("errorType");
  const std::string message = member("errorMessage");
  if (!message.empty()) text += (text.empty() ? "" : ": ") + message;
  if (text.empty()) text = posted.substr(0, 200);
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text.empty() ? "an error without a text" : text;
}

}  // namespace

std::string_view name(InvocationEnd end) noexcept {
  constexpr std::array<std::string_view, 5> names{"response", "error", "ended", "timed out", "not started"};
  return names.at(static_cast<std::size_t>(end));
}

std::string failure_of(const Invocation& invocation) {
  if (invocation.misuse.empty()) return invocation.problem;
  return invocation.problem + (invocation.problem.empty() ? "" : "; ") +
         "it breaks the rules of the Runtime API: " + invocation.misuse;
}

/// A process that was started, with its server and its output.
class FunctionProcess::Running {
 public:
  explicit Running(const Function& function)
      : function_(function),
        log_(function.log_limit_bytes),
        protocol_(static_cast<std::size_t>(function.max_concurrency)),
        server_(context_, protocol_, function.told_time()),
        process_(function.command, environment_of(function, server_.endpoint()), function.working_directory),
        output_(context_, process_.output().release()),
        end_(context_, process_.end().release()) {
    read_output();
    wait_for_end();
  }

  /// The reason why the process does not ask for an invocation; nothing when it does.
  std::optional<Invocation> wait_until_it_asks() {
    was_awaited_ = true;
    const auto deadline = steady_clock::now() + function_.init_time_limit;
    while (!protocol_.has_asked() && !protocol_.init_error() && !process_end_ &&
           steady_clock::now() < deadline)
      context_.run_one_until(deadline);
    if (protocol_.has_asked()) return std::nullopt;
    return with_log({.end = InvocationEnd::not_started, .problem = why_it_did_not_ask()});
  }

  std::vector<Invocation> invoke(std::span<const std::string_view> payloads,
                                 std::optional<std::chrono::milliseconds> patience) {
    patience_ = std::min(patience.value_or(function_.awaited_time()), function_.awaited_time());
    Exchanges exchanges;
    for (const std::string_view payload : payloads)
      server_.offer(exchanges.emplace_back(Exchange{.payload = payload}));
    wait_for(exchanges);
    if (process_end_) context_.poll();  // the answer may have come together with the end
    std::vector<Invocation> invocations;
    for (Exchange& exchange : exchanges) invocations.push_back(result_of(exchange));
    if (!are_done(exchanges)) end_it();
    protocol_.forget_all();
    if (!invocations.empty()) {
      invocations.front() = with_log(std::move(invocations.front()));
      invocations.front().misuse = protocol_.take_misuse();
    }
    return invocations;
  }

  bool was_awaited() const noexcept { return was_awaited_; }

  bool has_ended() const noexcept { return process_end_.has_value() || is_ended_here_; }

 private:
  using Exchanges = std::deque<Exchange>;  // whose elements stay where they are

  static bool are_done(const Exchanges& exchanges) {
    return std::all_of(exchanges.begin(), exchanges.end(), [](const Exchange& one) { return one.is_done(); });
  }

  /// When the next of these is late: one that runs, or one that waits though the function could take it.
  steady_clock::time_point deadline_of(const Exchanges& exchanges,
                                       steady_clock::time_point offered_at) const {
    auto first_began = steady_clock::time_point::max();
    auto last_done = offered_at;
    int running = 0;
    bool one_waits = false;
    for (const Exchange& exchange : exchanges) {
      if (exchange.is_done()) {
        last_done = std::max(last_done, exchange.done_at);
      } else if (exchange.taken_at) {
        first_began = std::min(first_began, *exchange.taken_at);
        ++running;
      } else {
        one_waits = true;
      }
    }
    if (one_waits && running < function_.max_concurrency) first_began = std::min(first_began, last_done);
    return first_began + patience_;
  }

  /// Waits until each exchange is done, the process ended, or one took too long.
  void wait_for(const Exchanges& exchanges) {
    const auto offered_at = steady_clock::now();
    while (!are_done(exchanges) && !process_end_) {
      const auto deadline = deadline_of(exchanges, offered_at);
      if (steady_clock::now() >= deadline) return;
      context_.run_one_until(deadline);
    }
  }

  void wait_for_end() {
    end_.async_wait(asio::posix::stream_descriptor::wait_read,
                    [this](const boost::system::error_code& error) {
                      if (error || process_end_) return;
                      ProcessEnd end;
                      if (read(end_.native_handle(), &end, sizeof end) != static_cast<ssize_t>(sizeof end))
                        end = {ProcessEnd::Kind::signalled, SIGKILL};  // the supervisor itself was killed
                      process_end_ = end;
                    });
  }

  void read_output() {
    output_.async_wait(asio::posix::stream_descriptor::wait_read,
                       [this](const boost::system::error_code& error) {
                         if (error) return;
                         drain_output();
                         if (is_output_open_) read_output();
                       });
  }

  /// Reads the output so far; gives up if the process never stops printing.
  void drain_output() {
    constexpr int most_reads = 16;
    for (int reads = 0; reads < most_reads && read_some_output(); ++reads) {
    }
  }

  /// False when nothing more can be read now.
  bool read_some_output() {
    std::array<char, 65'536> part;
    const ssize_t size = read(output_.native_handle(), part.data(), part.size());
    if (size == 0) is_output_open_ = false;
    if (size <= 0) return false;
    log_.append({part.data(), static_cast<std::size_t>(size)});
    return true;
  }

  void end_it() {
    process_.stop();
    is_ended_here_ = true;
  }

  /// Adds the output so far; for a process that has ended, all of its output.
  Invocation with_log(Invocation invocation) {
    if (has_ended() || invocation.end == InvocationEnd::not_started) {
      end_it();
      while (read_some_output()) {  // nobody prints any more
      }
    } else {
      drain_output();
    }
    invocation.log = log_.take();
    return invocation;
  }

  std::string why_it_did_not_ask() const {
    const std::string& program = function_.command.front();
    if (process_end_ && process_end_->kind == ProcessEnd::Kind::no_folder)
      return program + " cannot be started in the folder " + function_.working_directory + ": " +
             process_end_->text();
    if (process_end_ && process_end_->kind == ProcessEnd::Kind::not_executed)
      return program + " cannot be started: " + process_end_->text();
    if (protocol_.init_error()) return "the initialisation failed: " + text_of_error(*protocol_.init_error());
    if (process_end_) return program + " ended before it asked for an invocation: " + process_end_->text();
    return program + " did not ask for an invocation within " + seconds_of(function_.init_time_limit);
  }

  Invocation result_of(Exchange& exchange) const {
    Invocation invocation{.end = InvocationEnd::response, .body = std::move(exchange.body)};
    invocation.is_taken = exchange.taken_at.has_value();
    if (exchange.is_too_large) {
      invocation.end = InvocationEnd::error;
      invocation.problem = "the response has " + std::to_string(invocation.body.size()) +
                           " bytes, but Lambda accepts " + std::to_string(largest_response_bytes);
      invocation.body.clear();
    } else if (exchange.state == Exchange::State::failed) {
      invocation.end = InvocationEnd::error;
      invocation.problem = text_of_error(invocation.body);
    } else if (!exchange.is_done() && process_end_) {
      invocation.end = InvocationEnd::ended;
      invocation.problem = exchange.taken_at ? "the process ended before it answered: "
                                             : "the process ended before it asked for the invocation: ";
      invocation.problem += process_end_->text();
    } else if (!exchange.is_done()) {
      invocation.end = InvocationEnd::timed_out;
      invocation.problem =
          exchange.taken_at ? "no answer within " : "it did not ask for the invocation within ";
      invocation.problem += seconds_of(patience_);
    }
    return invocation;
  }

  const Function function_;
  std::chrono::milliseconds patience_ = function_.awaited_time();
  BoundedLog log_;
  std::optional<ProcessEnd> process_end_;
  bool was_awaited_ = false;
  bool is_ended_here_ = false;
  bool is_output_open_ = true;
  Protocol protocol_;
  asio::io_context context_{1};
  ApiServer server_;
  SupervisedProcess process_;
  asio::posix::stream_descriptor output_;
  asio::posix::stream_descriptor end_;
};

FunctionProcess::FunctionProcess(Function function) : function_(checked(std::move(function))) {}
FunctionProcess::~FunctionProcess() = default;
FunctionProcess::FunctionProcess(FunctionProcess&&) noexcept = default;
FunctionProcess& FunctionProcess::operator=(FunctionProcess&&) noexcept = default;

void FunctionProcess::start_ahead() {
  stop();
  try {
    running_ = std::make_unique<Running>(function_);
  } catch (const boost::system::system_error& error) {  // Boost's own type, which is no std::system_error
    throw std::system_error(error.code(), "the Runtime API cannot be served");
  }
}

std::optional<Invocation> FunctionProcess::start() {
  if (!running_ || running_->was_awaited()) start_ahead();
  auto failed = running_->wait_until_it_asks();
  if (failed) stop();
  return failed;
}

bool FunctionProcess::is_running() const noexcept {
  return running_ && running_->was_awaited() && !running_->has_ended();
}

Invocation FunctionProcess::invoke(std::string_view payload,
                                   std::optional<std::chrono::milliseconds> patience) {
  if (!is_running()) return {.problem = "no process of the function is running"};
  return std::move(running_->invoke({&payload, 1}, patience).front());
}

std::vector<Invocation> FunctionProcess::invoke_all(std::span<const std::string> payloads,
                                                    std::optional<std::chrono::milliseconds> patience) {
  if (!is_running())
    return std::vector<Invocation>(payloads.size(), {.problem = "no process of the function is running"});
  const std::vector<std::string_view> views(payloads.begin(), payloads.end());
  return running_->invoke(views, patience);
}

void FunctionProcess::stop() noexcept { running_.reset(); }

}  // namespace batchproof::runtime_api
