#pragma once

// Messages between a process and its child process:
//
//     const auto ends = connected_sockets();
//     send_message((*ends)[0], question);
//     const auto answer = receive_message((*ends)[0], steady_clock::now() + time_limit);

#include <array>
#include <chrono>
#include <optional>
#include <string>

namespace batchproof::properties {

/// Two sockets that are connected, none of which stands for a standard stream that the program has closed.
/// Programs that the process executes do not inherit them. Nothing when the system provides none.
std::optional<std::array<int, 2>> connected_sockets();

/// Closes a socket at its end.
class OwnSocket {
 public:
  explicit OwnSocket(int socket) noexcept : socket_(socket) {}
  ~OwnSocket();
  OwnSocket(const OwnSocket&) = delete;
  OwnSocket& operator=(const OwnSocket&) = delete;
  int get() const noexcept { return socket_; }

 private:
  int socket_;
};

/// False when the other end is closed.
bool send_message(int socket, const std::string& text);

/// Nothing when the other end is closed, or no whole message came before the deadline.
std::optional<std::string> receive_message(int socket, std::chrono::steady_clock::time_point deadline);

}  // namespace batchproof::properties
