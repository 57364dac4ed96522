#pragma once

// A server on loopback that answers a byte at a time, so that no single wait for it is long.

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "../aws/loopback_listener.hpp"

namespace batchproof {

class TricklingServer {
 public:
  /// The bytes that it sends when it has received something.
  struct Reply {
    std::string bytes;
    bool trickles = true;
  };

  /// At least this passes before each byte that trickles.
  static constexpr std::chrono::milliseconds pace{2};

  /// It serves one connection.
  explicit TricklingServer(std::vector<Reply> replies) : replies_(std::move(replies)) {
    thread_ = std::thread([this] { serve(); });
  }

  /// To be called when the client has closed its connection.
  ~TricklingServer() {
    listener_.stop();
    thread_.join();
  }
  TricklingServer(const TricklingServer&) = delete;
  TricklingServer& operator=(const TricklingServer&) = delete;

  int port() const noexcept { return listener_.port(); }

 private:
  void serve() const {
    const int connection = accept4(listener_.descriptor(), nullptr, nullptr, SOCK_CLOEXEC);
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
  LoopbackListener listener_{1};
  std::thread thread_;
};

}  // namespace batchproof
