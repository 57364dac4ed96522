#include "redis_connection.hpp"

#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <new>
#include <system_error>

namespace batchproof::inline v0_1::detail {

using std::chrono::microseconds;
using std::chrono::steady_clock;

namespace {

constexpr const char* line_break = "\r\n";

microseconds left_until(steady_clock::time_point end) {
  return std::chrono::duration_cast<microseconds>(end - steady_clock::now());
}

/// At least a microsecond: for a socket, none at all means no limit.
timeval as_timeval(microseconds time) {
  const auto count = std::max(time, microseconds(1)).count();
  return {.tv_sec = count / 1'000'000, .tv_usec = count % 1'000'000};
}

}  // namespace

RedisConnection::RedisConnection(const RedisStoreOptions& options, steady_clock::time_point end)
    : context_(redisConnectWithTimeout(options.host.c_str(), options.port, as_timeval(left_until(end)))),
      end_(end) {
  if (context_ == nullptr) throw std::bad_alloc();
}

void RedisConnection::add(std::span<const std::string_view> words) {
  commands_.append("*").append(std::to_string(words.size())).append(line_break);
  for (const std::string_view word : words) {
    commands_.append("$").append(std::to_string(word.size())).append(line_break);
    commands_.append(word).append(line_break);
  }
}

/// hiredis is not used for it, since it writes without MSG_NOSIGNAL: a closed connection would end the
/// process.
bool RedisConnection::send() {
  for (std::string_view rest = commands_; !rest.empty();) {
    if (!limit_wait(SO_SNDTIMEO, send_limit_)) return false;
    const ssize_t count = ::send(context_->fd, rest.data(), rest.size(), MSG_NOSIGNAL);
    if (count < 0 && errno != EINTR) return fail(errno);
    rest.remove_prefix(static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
  }
  commands_.clear();
  return true;
}

RedisReply RedisConnection::receive() {
  void* reply = nullptr;
  while (redisGetReplyFromReader(context_, &reply) == REDIS_OK && reply == nullptr) {
    if (!limit_wait(SO_RCVTIMEO, receive_limit_) || redisBufferRead(context_) != REDIS_OK) break;
  }
  return RedisReply(static_cast<redisReply*>(reply));
}

/// Lets the next wait take what is left of the time, or somewhat less: the limit that the socket has is kept
/// while it is near, since the kernel takes its time to change it. False when no time is left.
bool RedisConnection::limit_wait(int option, microseconds& limit) {
  const microseconds left = left_until(end_);
  if (left <= microseconds(0)) return fail(EAGAIN);  // as hiredis calls it
  const bool is_near = limit <= left && limit >= left * 3 / 4;
  if (is_near && limit > microseconds(0)) return true;
  limit = std::max(left * 7 / 8, microseconds(1));
  const timeval new_limit = as_timeval(limit);
  return setsockopt(context_->fd, SOL_SOCKET, option, &new_limit, sizeof new_limit) == 0 || fail(errno);
}

bool RedisConnection::fail(int code) {
  error_ = std::generic_category().message(code);
  return false;
}

}  // namespace batchproof::inline v0_1::detail
