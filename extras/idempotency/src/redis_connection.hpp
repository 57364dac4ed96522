#pragma once

// A connection to Redis, whose calls end in time:
//
//     RedisConnection connection(options, steady_clock::now() + time_limit);
//     connection.add({"GET", key});
//     if (connection.send()) reply = connection.receive();

#include <hiredis/hiredis.h>

#include <batchproof/idempotency/redis_store.hpp>
#include <chrono>
#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace batchproof::inline v0_1::detail {

struct FreeReply {
  void operator()(redisReply* reply) const noexcept { freeReplyObject(reply); }
};
using RedisReply = std::unique_ptr<redisReply, FreeReply>;

/// A connection of hiredis, for a call that ends in time: each wait for the server is given what is left
/// then. One thread at a time.
class RedisConnection {
 public:
  /// Connects. Throws `std::bad_alloc`; other failures are those of `error`.
  RedisConnection(const RedisStoreOptions& options, std::chrono::steady_clock::time_point end);
  ~RedisConnection() { redisFree(context_); }
  RedisConnection(const RedisConnection&) = delete;
  RedisConnection& operator=(const RedisConnection&) = delete;

  /// Empty when the connection works.
  std::string error() const { return !error_.empty() ? error_ : context_->err == 0 ? "" : context_->errstr; }

  /// To be called when another call begins to use the connection.
  void end_at(std::chrono::steady_clock::time_point end) { end_ = end; }

  /// Appends a command in Redis's protocol (RESP): a list of texts, each with its size.
  void add(std::span<const std::string_view> words);
  void add(std::initializer_list<std::string_view> words) {
    add(std::span<const std::string_view>(words.begin(), words.size()));
  }

  /// Sends all commands that were added, together. False when the connection broke or the time was over.
  bool send();

  /// The reply to the next command; null when the connection broke or the time was over.
  RedisReply receive();

 private:
  bool limit_wait(int option, std::chrono::microseconds& limit);
  bool fail(int code);

  redisContext* context_;
  std::chrono::steady_clock::time_point end_;
  std::chrono::microseconds send_limit_{0};  // what the socket has
  std::chrono::microseconds receive_limit_{0};
  std::string commands_{};
  std::string error_{};
};

}  // namespace batchproof::inline v0_1::detail
