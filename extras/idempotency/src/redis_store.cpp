// Claims and results in Redis. A claim is one command, each other step one script, which Redis runs as a
// whole.

#include <hiredis/hiredis.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <batchproof/idempotency/errors.hpp>
#include <batchproof/idempotency/redis_store.hpp>
#include <cerrno>
#include <cstring>
#include <initializer_list>
#include <mutex>
#include <new>
#include <nlohmann/json.hpp>
#include <span>
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

// A value begins with the token of its claim: the first argument of the scripts is that beginning.

/// Replaces the claim; also one that has expired, and that nobody has taken.
const Script complete_script(R"(
local found = redis.call('GETRANGE', KEYS[1], 0, #ARGV[1] - 1)
if found ~= ARGV[1] and found ~= '' then return 0 end
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
return 1)");

const Script release_script(R"(
local value = redis.call('GET', KEYS[1])
if value and string.sub(value, 1, #ARGV[1]) == ARGV[1] and string.find(value, '"INPROGRESS"', 1, true) then
  redis.call('DEL', KEYS[1])
end
return 1)");

std::string time_to_live(std::chrono::system_clock::duration time) {
  return std::to_string(std::max<std::int64_t>(std::chrono::duration_cast<milliseconds>(time).count(), 1));
}

std::string beginning_of_value(const Claim& claim, std::size_t more) {
  std::string value;
  value.reserve(claim.token.size() + more);
  return value.append(R"({"claim":")").append(claim.token).append("\"");
}

constexpr std::size_t members = 120;  // of a value, without the token and the result

/// Token, hash and numbers need no escapes.
std::string claim_value(const Claim& claim) {
  return beginning_of_value(claim, members + claim.validation.size())
      .append(R"(,"status":"INPROGRESS","in_progress_expiration":)")
      .append(std::to_string(milliseconds_of(claim.in_progress_until)))
      .append(R"(,"validation":")")
      .append(claim.validation)
      .append("\"}");
}

std::string completed_value(const Claim& claim, std::string_view result) {
  const std::string data = Json(result).dump();
  return beginning_of_value(claim, members + claim.validation.size() + data.size())
      .append(R"(,"status":"COMPLETED","expiration":)")
      .append(std::to_string(milliseconds_of(claim.expires) / 1'000))
      .append(R"(,"validation":")")
      .append(claim.validation)
      .append(R"(","data":)")
      .append(data)
      .append("}");
}

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

  /// Null where the connection broke or the time was over. At most `most_words`.
  Reply send(std::span<const std::string_view> words, milliseconds time_limit) {
    if (time_limit != time_limit_) redisSetTimeout(context_, as_timeval(time_limit));
    time_limit_ = time_limit;
    void* reply = nullptr;
    if (write(words)) redisGetReply(context_, &reply);
    return Reply(static_cast<redisReply*>(reply));
  }

  static constexpr std::size_t most_words = 8;

 private:
  /// Not by hiredis, which writes without MSG_NOSIGNAL: a closed connection would end the process.
  bool write(std::span<const std::string_view> words) {
    std::array<const char*, most_words> texts{};
    std::array<std::size_t, most_words> sizes{};
    for (std::size_t word = 0; word < words.size(); ++word) {
      texts[word] = words[word].data();
      sizes[word] = words[word].size();
    }
    char* command = nullptr;
    const int size =
        redisFormatCommandArgv(&command, static_cast<int>(words.size()), texts.data(), sizes.data());
    if (size < 0) throw std::bad_alloc();
    const std::unique_ptr<char, void (*)(char*)> owned(command, redisFreeCommand);
    for (std::string_view rest(command, static_cast<std::size_t>(size)); !rest.empty();) {
      const ssize_t count = ::send(context_->fd, rest.data(), rest.size(), MSG_NOSIGNAL);
      if (count < 0 && errno != EINTR) return fail();
      rest.remove_prefix(static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
    }
    return true;
  }

  bool fail() {
    context_->err = REDIS_ERR_IO;
    strerror_r(errno, context_->errstr, sizeof context_->errstr);
    return false;
  }

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

  /// Throws `StoreError`, also for an error that the server answers.
  Reply run(std::initializer_list<std::string_view> command, milliseconds time_limit) {
    auto connection = take(time_limit);
    Reply reply = connection->send(command, time_limit);
    check(reply, *connection);
    give_back(std::move(connection));
    return reply;
  }

  /// Runs a script with one key; sends its text when the server does not know it. Throws `StoreError`.
  Reply run(const Script& script, std::string_view key, std::string_view beginning, std::string_view value,
            std::string_view time, milliseconds time_limit) {
    auto connection = take(time_limit);
    std::array<std::string_view, 7> words{"EVALSHA", script.hash, "1", key, beginning, value, time};
    Reply reply = connection->send(words, time_limit);
    if (is_error(reply, "NOSCRIPT")) {
      words[0] = "EVAL";
      words[1] = script.text;
      reply = connection->send(words, time_limit);
    }
    check(reply, *connection);
    give_back(std::move(connection));
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

  void give_back(std::unique_ptr<Connection> connection) {
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(connection));
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
  const std::string value = claim_value(claim);
  const std::string time = time_to_live(claim.in_progress_until - claim.now);
  const Reply reply = connections_->run({"SET", claim.key, value, "NX", "GET", "PX", time}, time_limit);
  if (reply->type == REDIS_REPLY_NIL) return std::nullopt;
  const auto text = reply->type == REDIS_REPLY_STRING ? std::string_view(reply->str, reply->len) : "";
  if (text == value) return std::nullopt;  // the answer to this claim was lost
  const Json found = Json::parse(text, nullptr, false);
  if (!found.is_object()) throw StoreError("Redis holds something else at the key " + claim.key);
  return ExistingRecord{found.value("status", "") == "COMPLETED", found.value("data", ""),
                        found.value("validation", "")};
}

bool RedisStore::complete(const Claim& claim, std::string_view result, milliseconds time_limit) {
  const Reply reply =
      connections_->run(complete_script, claim.key, beginning_of_value(claim, members),
                        completed_value(claim, result), time_to_live(claim.expires - claim.now), time_limit);
  return reply->type == REDIS_REPLY_INTEGER && reply->integer == 1;
}

void RedisStore::release(const Claim& claim, milliseconds time_limit) {
  connections_->run(release_script, claim.key, beginning_of_value(claim, members), "", "", time_limit);
}

}  // namespace batchproof
