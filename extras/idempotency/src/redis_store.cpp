// Claims and results in Redis. Each step is one script, which Redis runs as a whole.

#include <hiredis/hiredis.h>
#include <pthread.h>
#include <signal.h>

#include <algorithm>
#include <batchproof/idempotency/errors.hpp>
#include <batchproof/idempotency/redis_store.hpp>
#include <ctime>
#include <initializer_list>
#include <mutex>
#include <new>
#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>
#include <vector>

#include "epoch_time.hpp"
#include "sha1.hpp"

namespace batchproof {
namespace {

using Json = nlohmann::json;
using std::chrono::milliseconds;

/// A script, which Redis knows by the hash of its text once it has run.
struct Script {
  explicit Script(const char* script_text) : text(script_text), hash(sha1_of(script_text)) {}
  std::string text;
  std::string hash;
};

/// Gives the value back that another one has; nothing when the key is claimed.
const Script claim_script(R"(
local value = redis.call('GET', KEYS[1])
if value and value ~= ARGV[1] then return value end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return false)");

/// Replaces the claim; also one that has expired, and that nobody has taken.
const Script complete_script(R"(
local value = redis.call('GET', KEYS[1])
if value and value ~= ARGV[1] and value ~= ARGV[2] then return 0 end
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
return 1)");

const Script release_script(R"(
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
return 1)");

std::string time_to_live(std::chrono::system_clock::duration time) {
  return std::to_string(std::max<std::int64_t>(std::chrono::duration_cast<milliseconds>(time).count(), 1));
}

/// The same for each call with a claim, since scripts compare it.
std::string claim_value(const Claim& claim) {
  return Json{{"status", "INPROGRESS"},
              {"claim", claim.token},
              {"in_progress_expiration", milliseconds_of(claim.in_progress_until)},
              {"validation", claim.validation}}
      .dump();
}

std::string completed_value(const Claim& claim, std::string_view result) {
  return Json{{"status", "COMPLETED"},
              {"claim", claim.token},
              {"expiration", milliseconds_of(claim.expires) / 1'000},
              {"data", std::string(result)},
              {"validation", claim.validation}}
      .dump();
}

/// Keeps a write to a closed connection from ending the process: hiredis writes without MSG_NOSIGNAL.
class NoSigpipe {
 public:
  NoSigpipe() {
    sigemptyset(&sigpipe_);
    sigaddset(&sigpipe_, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &sigpipe_, &before_);
  }
  ~NoSigpipe() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  NoSigpipe(const NoSigpipe&) = delete;
  NoSigpipe& operator=(const NoSigpipe&) = delete;

  /// After a write that failed.
  void take_signal() const {
    const timespec no_time{};
    sigtimedwait(&sigpipe_, nullptr, &no_time);
  }

 private:
  sigset_t sigpipe_{};
  sigset_t before_{};
};

struct FreeReply {
  void operator()(redisReply* reply) const noexcept { freeReplyObject(reply); }
};
using Reply = std::unique_ptr<redisReply, FreeReply>;

timeval as_timeval(milliseconds time) {
  return {.tv_sec = time.count() / 1'000, .tv_usec = time.count() % 1'000 * 1'000};
}

/// A connection of hiredis.
class Connection {
 public:
  Connection(const RedisStoreOptions& options, milliseconds time_limit)
      : context_(redisConnectWithTimeout(options.host.c_str(), options.port, as_timeval(time_limit))) {
    if (context_ == nullptr) throw std::bad_alloc();
  }
  ~Connection() { redisFree(context_); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  /// Nothing where the connection is well.
  std::string error() const { return context_->err == 0 ? "" : context_->errstr; }

  /// Null where the connection broke or the time was over.
  Reply send(const std::vector<std::string_view>& words, milliseconds time_limit) {
    if (time_limit != time_limit_) redisSetTimeout(context_, as_timeval(time_limit));
    time_limit_ = time_limit;
    std::vector<const char*> texts;
    std::vector<std::size_t> sizes;
    for (const std::string_view word : words) {
      texts.push_back(word.data());
      sizes.push_back(word.size());
    }
    const NoSigpipe no_sigpipe;
    Reply reply(static_cast<redisReply*>(
        redisCommandArgv(context_, static_cast<int>(words.size()), texts.data(), sizes.data())));
    if (!reply) no_sigpipe.take_signal();
    return reply;
  }

 private:
  redisContext* context_;
  milliseconds time_limit_{};
};

bool is_error(const Reply& reply, std::string_view code) {
  return reply && reply->type == REDIS_REPLY_ERROR &&
         std::string_view(reply->str, reply->len).starts_with(code);
}

}  // namespace

/// Idle connections.
class RedisStore::Connections {
 public:
  explicit Connections(RedisStoreOptions options) : options_(std::move(options)) {}

  /// Runs a script with one key. Throws `StoreError`.
  Reply run(const Script& script, std::initializer_list<std::string_view> key_and_arguments,
            milliseconds time_limit) {
    auto connection = take(time_limit);
    std::vector<std::string_view> words{"EVALSHA", script.hash, "1"};
    words.insert(words.end(), key_and_arguments);
    Reply reply = connection->send(words, time_limit);
    if (is_error(reply, "NOSCRIPT")) {
      words[0] = "EVAL";
      words[1] = script.text;
      reply = connection->send(words, time_limit);
    }
    check(reply, *connection);
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(connection));
    return reply;
  }

 private:
  std::unique_ptr<Connection> take(milliseconds time_limit) {
    {
      const std::lock_guard lock(mutex_);
      if (!idle_.empty()) {
        auto connection = std::move(idle_.back());
        idle_.pop_back();
        return connection;
      }
    }
    auto connection = std::make_unique<Connection>(options_, time_limit);
    if (!connection->error().empty()) fail(connection->error());
    if (options_.password.empty()) return connection;
    std::vector<std::string_view> words{"AUTH"};
    if (!options_.username.empty()) words.push_back(options_.username);
    words.push_back(options_.password);
    check(connection->send(words, time_limit), *connection);
    return connection;
  }

  void check(const Reply& reply, const Connection& connection) {
    if (!reply) {
      const std::lock_guard lock(mutex_);
      idle_.clear();  // they have most likely been closed too
      fail(connection.error());
    }
    if (reply->type == REDIS_REPLY_ERROR) fail(std::string(reply->str, reply->len));
  }

  [[noreturn]] void fail(const std::string& reason) const {
    throw StoreError("Redis failed: " + reason + " (" + options_.host + ":" + std::to_string(options_.port) +
                     ")");
  }

  RedisStoreOptions options_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Connection>> idle_;
};

RedisStore::RedisStore(RedisStoreOptions options)
    : connections_(std::make_unique<Connections>(std::move(options))) {}

RedisStore::~RedisStore() = default;

std::optional<ExistingRecord> RedisStore::claim(const Claim& claim, milliseconds time_limit) {
  const Reply reply = connections_->run(
      claim_script, {claim.key, claim_value(claim), time_to_live(claim.in_progress_until - claim.now)},
      time_limit);
  if (reply->type == REDIS_REPLY_NIL) return std::nullopt;
  const Json found = reply->type == REDIS_REPLY_STRING
                         ? Json::parse(std::string_view(reply->str, reply->len), nullptr, false)
                         : Json();
  if (!found.is_object()) throw StoreError("Redis holds something else at the key " + claim.key);
  return ExistingRecord{found.value("status", "") == "COMPLETED", found.value("data", ""),
                        found.value("validation", "")};
}

bool RedisStore::complete(const Claim& claim, std::string_view result, milliseconds time_limit) {
  const Reply reply = connections_->run(complete_script,
                                        {claim.key, claim_value(claim), completed_value(claim, result),
                                         time_to_live(claim.expires - claim.now)},
                                        time_limit);
  return reply->type == REDIS_REPLY_INTEGER && reply->integer == 1;
}

void RedisStore::release(const Claim& claim, milliseconds time_limit) {
  connections_->run(release_script, {claim.key, claim_value(claim)}, time_limit);
}

}  // namespace batchproof
