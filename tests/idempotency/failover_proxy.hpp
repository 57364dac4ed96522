#pragma once

// Stands between a client and a server on loopback, as a name whose address changes: new connections are led
// to another server, and those that exist stay where they are.

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <thread>
#include <vector>

#include "../aws/loopback_listener.hpp"

namespace batchproof {

class FailoverProxy {
 public:
  explicit FailoverProxy(unsigned server_port) : server_port_(server_port) {
    thread_ = std::thread([this] { serve(); });
  }

  ~FailoverProxy() {
    listener_.stop();
    thread_.join();
    for (const int end : ends_) close(end);
  }
  FailoverProxy(const FailoverProxy&) = delete;
  FailoverProxy& operator=(const FailoverProxy&) = delete;

  int port() const noexcept { return listener_.port(); }

  /// Leads new connections to this server.
  void lead_to(unsigned server_port) { server_port_ = server_port; }

 private:
  void serve() {
    for (;;) {
      std::vector<pollfd> waits{{.fd = listener_.descriptor(), .events = POLLIN, .revents = 0}};
      for (std::size_t place = 0; place < ends_.size(); ++place)
        waits.push_back({.fd = has_ended_[place] ? -1 : ends_[place], .events = POLLIN, .revents = 0});
      poll(waits.data(), waits.size(), -1);
      for (std::size_t place = 0; place < ends_.size(); ++place) {
        if (waits[place + 1].revents != 0) pass_from(place);
      }
      if (waits[0].revents != 0 && !accept()) return;
    }
  }

  /// Passes on what an end has sent, or its end.
  void pass_from(std::size_t place) {
    const int other = ends_[place % 2 == 0 ? place + 1 : place - 1];
    std::array<char, 4'096> bytes{};
    const ssize_t count = recv(ends_[place], bytes.data(), bytes.size(), 0);
    if (count > 0) {
      send(other, bytes.data(), static_cast<std::size_t>(count), MSG_NOSIGNAL);
    } else {
      has_ended_[place] = true;
      shutdown(other, SHUT_RDWR);
    }
  }

  /// False when the proxy ends.
  bool accept() {
    const int client = accept4(listener_.descriptor(), nullptr, nullptr, SOCK_CLOEXEC);
    if (client < 0) return false;
    const int server = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<std::uint16_t>(server_port_.load()));
    connect(server, reinterpret_cast<sockaddr*>(&address), sizeof address);
    ends_.insert(ends_.end(), {client, server});
    has_ended_.resize(ends_.size());
    return true;
  }

  LoopbackListener listener_{16};
  std::atomic<unsigned> server_port_;
  std::vector<int> ends_;  // a client's, then its server's, and so on
  std::vector<bool> has_ended_;
  std::thread thread_;
};

}  // namespace batchproof
