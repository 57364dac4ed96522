// A message is its size, in 8 bytes, followed by its bytes.

#include "socket_messages.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace batchproof::properties {
namespace {

using std::chrono::steady_clock;

bool send_all(int socket, const char* bytes, std::size_t size) {
  while (size > 0) {
    const auto sent = send(socket, bytes, size, MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent <= 0) return false;
    bytes += sent;
    size -= static_cast<std::size_t>(sent);
  }
  return true;
}

bool receive_all(int socket, char* bytes, std::size_t size, steady_clock::time_point deadline) {
  while (size > 0) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - steady_clock::now()).count();
    pollfd readable{socket, POLLIN, 0};
    const int ready = poll(&readable, 1, static_cast<int>(std::clamp<std::int64_t>(left, 0, 1'000'000)));
    if (ready < 0 && errno == EINTR) continue;
    if (ready == 0 && steady_clock::now() < deadline) continue;  // one call waits for a part of a long time
    if (ready <= 0) return false;
    const auto received = recv(socket, bytes, size, 0);
    if (received <= 0) return false;
    bytes += received;
    size -= static_cast<std::size_t>(received);
  }
  return true;
}

}  // namespace

std::optional<std::array<int, 2>> connected_sockets() {
  std::array<int, 2> ends{};
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) return std::nullopt;
  for (int& end : ends) {
    if (end > STDERR_FILENO) continue;
    const int low = std::exchange(end, fcntl(end, F_DUPFD_CLOEXEC, STDERR_FILENO + 1));
    close(low);
  }
  return ends;
}

OwnSocket::~OwnSocket() { close(socket_); }

bool send_message(int socket, const std::string& text) {
  const std::uint64_t size = text.size();
  return send_all(socket, reinterpret_cast<const char*>(&size), sizeof size) &&
         send_all(socket, text.data(), text.size());
}

std::optional<std::string> receive_message(int socket, steady_clock::time_point deadline) {
  std::uint64_t size = 0;
  if (!receive_all(socket, reinterpret_cast<char*>(&size), sizeof size, deadline)) return std::nullopt;
  std::string text(size, '\0');
  if (!receive_all(socket, text.data(), text.size(), deadline)) return std::nullopt;
  return text;
}

}  // namespace batchproof::properties
