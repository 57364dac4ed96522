#pragma once

// A server on loopback that answers a byte at a time, so that no single wait for it is long.

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace batchproof {

class TricklingServer {
 public:
  /// What it sends when it has received something.
  struct Reply {
    std::string bytes;
    bool trickles = true;
  };

  /// At least this passes before each byte that trickles.
  static constexpr std::chrono::milliseconds pace{2};

  /// It serves one connection.
  explicit TricklingServer(std::vector<Reply> replies) : replies_(std::move(replies)) {
    listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const generic = reinterpret_cast<sockaddr*>(&address);
    if (bind(listener_, generic, size) != 0 || listen(listener_, 1) != 0 ||
        getsockname(listener_, generic, &size) != 0) {
      throw std::runtime_error("no port on loopback");
    }
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
  }

  /// To be called when the client has closed its connection.
  ~TricklingServer() {
    shutdown(listener_, SHUT_RDWR);
    thread_.join();
    close(listener_);
  }
  TricklingServer(const TricklingServer&) = delete;
  TricklingServer& operator=(const TricklingServer&) = delete;

  int port() const noexcept { return port_; }

 private:
  void serve() const {
    const int connection = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    for (const Reply& reply : replies_) {
      std::array<char, 4'096> received{};
      if (recv(connection, received.data(), received.size(), 0) <= 0) break;
      if (!answer(connection, reply)) break;
    }
    close(connection);
  }

  /// False when the client has had enough.
  static bool answer(int connection, const Reply& reply) {
    const std::size_t at_once = reply.trickles ? 1 : reply.bytes.size();
    for (std::size_t place = 0; place < reply.bytes.size(); place += at_once) {
      pollfd client{.fd = connection, .events = POLLRDHUP, .revents = 0};
      if (reply.trickles && poll(&client, 1, static_cast<int>(pace.count())) != 0) return false;
      if (send(connection, reply.bytes.data() + place, at_once, MSG_NOSIGNAL) <= 0) return false;
    }
    return true;
  }

  std::vector<Reply> replies_;
  int listener_ = -1;
  int port_ = 0;
  std::thread thread_;
};

}  // namespace batchproof
