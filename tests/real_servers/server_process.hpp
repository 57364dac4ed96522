#pragma once

// A server of its own process, on a free port of loopback, for as long as a test needs it.

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstddef>
#include <cstdlib>
#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace batchproof::testing_servers {

/// A port that nobody listens on now.
inline unsigned free_port() {
  const int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* const generic = reinterpret_cast<sockaddr*>(&address);
  const bool is_bound = bind(listener, generic, size) == 0 && getsockname(listener, generic, &size) == 0;
  close(listener);
  if (!is_bound) throw std::runtime_error("no port on loopback");
  return ntohs(address.sin_port);
}

class ServerProcess {
 public:
  /// Starts the command that `command_on(port)` gives, and waits until it has printed `ready`. Throws
  /// `std::runtime_error` with the server's output when it ends before that.
  ServerProcess(const std::function<std::vector<std::string>(unsigned port)>& command_on,
                std::string_view ready, unsigned port = free_port())
      : port_(port) {
    const std::vector<std::string> command = command_on(port_);
    std::vector<char*> arguments;
    for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    process_ = fork();
    if (process_ == 0) {
      prctl(PR_SET_PDEATHSIG, SIGKILL);
      dup2(ends[1], STDOUT_FILENO);
      dup2(ends[1], STDERR_FILENO);
      execvp(arguments[0], arguments.data());
      _exit(127);
    }
    close(ends[1]);
    output_ = ends[0];
    std::string text;
    while (text.find(ready) == std::string::npos) {
      std::array<char, 4'096> bytes{};
      const ssize_t count = read(output_, bytes.data(), bytes.size());
      if (count > 0) {
        text.append(bytes.data(), static_cast<std::size_t>(count));
      } else {
        stop();
        throw std::runtime_error(command[0] + " did not start: " + text);
      }
    }
  }

  ~ServerProcess() { stop(); }
  ServerProcess(const ServerProcess&) = delete;
  ServerProcess& operator=(const ServerProcess&) = delete;

  unsigned port() const noexcept { return port_; }
  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }

 private:
  void stop() noexcept {
    kill(process_, SIGKILL);
    waitpid(process_, nullptr, 0);
    close(output_);
  }

  unsigned port_;
  pid_t process_ = -1;
  int output_ = -1;
};

}  // namespace batchproof::testing_servers
