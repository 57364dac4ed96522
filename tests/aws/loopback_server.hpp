#pragma once

// An HTTP server on loopback that answers as a test says, and keeps what it was asked.

#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cctype>
#include <cstddef>
#include <deque>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "loopback_listener.hpp"

namespace batchproof::aws {

struct ReceivedRequest {
  std::map<std::string, std::string> headers{};  ///< names in lower case
  std::string body{};
  int connection = 0;  ///< which one it came by, from 1
};

/// Handles one connection at a time. The last answer is given to all further requests.
class LoopbackServer {
 public:
  struct Answer {
    std::string status = "200 OK";
    std::string body = "{}";
    std::string headers{};  ///< lines that each end in CR LF
    bool is_given = true;   ///< otherwise the request is read, and never answered
    bool is_lost = false;   ///< the request is read, and the connection closed
    bool closes = false;    ///< the connection is closed after the answer, which does not say so
  };

  using Answers = std::deque<Answer>;

  explicit LoopbackServer(Answers answers) : answers_(std::move(answers)) {
    thread_ = std::thread([this] { serve(); });
  }

  ~LoopbackServer() {
    listener_.stop();
    {
      const std::lock_guard lock(mutex_);
      stopped_ = true;
      if (connection_ >= 0) shutdown(connection_, SHUT_RDWR);
    }
    thread_.join();
  }
  LoopbackServer(const LoopbackServer&) = delete;
  LoopbackServer& operator=(const LoopbackServer&) = delete;

  std::string url() const { return "http://127.0.0.1:" + std::to_string(listener_.port()); }

  std::vector<ReceivedRequest> requests() const {
    const std::lock_guard lock(mutex_);
    return requests_;
  }

  /// How many connections it has closed.
  int closed() const {
    const std::lock_guard lock(mutex_);
    return closed_;
  }

 private:
  void serve() {
    for (int count = 1;; ++count) {
      const int connection = accept4(listener_.descriptor(), nullptr, nullptr, SOCK_CLOEXEC);
      {
        const std::lock_guard lock(mutex_);
        if (connection < 0 || stopped_) return;
        connection_ = connection;
      }
      while (answer_one(connection, count)) {
      }
      const std::lock_guard lock(mutex_);
      connection_ = -1;
      close(connection);
      ++closed_;
    }
  }

  static bool receive(int connection, std::string& text) {
    std::array<char, 65'536> bytes{};
    const ssize_t count = recv(connection, bytes.data(), bytes.size(), 0);
    if (count > 0) text.append(bytes.data(), static_cast<std::size_t>(count));
    return count > 0;
  }

  bool answer_one(int connection, int number) {
    std::string text;
    while (text.find("\r\n\r\n") == std::string::npos) {
      if (!receive(connection, text)) return false;
    }
    ReceivedRequest request{.connection = number};
    const std::size_t head_end = text.find("\r\n\r\n") + 2;
    for (std::size_t line = text.find("\r\n") + 2; line < head_end;) {
      const std::size_t end = text.find("\r\n", line);
      const std::size_t colon = text.find(": ", line);
      std::string name = text.substr(line, colon - line);
      for (char& letter : name) letter = static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
      request.headers[name] = text.substr(colon + 2, end - colon - 2);
      line = end + 2;
    }
    request.body = text.substr(head_end + 2);
    const auto length = request.headers.find("content-length");
    const std::size_t wanted = length == request.headers.end() ? 0 : std::stoul(length->second);
    while (request.body.size() < wanted) {
      if (!receive(connection, request.body)) return false;
    }
    Answer answer;
    {
      const std::lock_guard lock(mutex_);
      requests_.push_back(std::move(request));
      answer = answers_.front();
      if (answers_.size() > 1) answers_.pop_front();
    }
    if (answer.is_lost) return false;
    if (!answer.is_given) return receive(connection, text);  // until the client has had enough
    const std::string bytes = "HTTP/1.1 " + answer.status + "\r\n" + answer.headers +
                              "Content-Length: " + std::to_string(answer.body.size()) + "\r\n\r\n" +
                              answer.body;
    const ssize_t sent = send(connection, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    return sent == static_cast<ssize_t>(bytes.size()) && !answer.closes;
  }

  LoopbackListener listener_{8};
  mutable std::mutex mutex_;
  bool stopped_ = false;
  int connection_ = -1;
  int closed_ = 0;
  Answers answers_;
  std::vector<ReceivedRequest> requests_;
  std::thread thread_;
};

}  // namespace batchproof::aws
