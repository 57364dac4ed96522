#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <stdexcept>

namespace batchproof {

/// Listens on a free port of loopback. Throws `std::runtime_error` when there is none.
class LoopbackListener {
 public:
  explicit LoopbackListener(int backlog) : descriptor_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const generic = reinterpret_cast<sockaddr*>(&address);
    if (bind(descriptor_, generic, size) != 0 || listen(descriptor_, backlog) != 0 ||
        getsockname(descriptor_, generic, &size) != 0) {
      close(descriptor_);
      throw std::runtime_error("no port on loopback");
    }
    port_ = ntohs(address.sin_port);
  }
  ~LoopbackListener() { close(descriptor_); }
  LoopbackListener(const LoopbackListener&) = delete;
  LoopbackListener& operator=(const LoopbackListener&) = delete;

  int descriptor() const noexcept { return descriptor_; }
  int port() const noexcept { return port_; }

  /// Ends a waiting `accept`.
  void stop() const noexcept { shutdown(descriptor_, SHUT_RDWR); }

 private:
  int descriptor_;
  int port_ = 0;
};

}  // namespace batchproof
