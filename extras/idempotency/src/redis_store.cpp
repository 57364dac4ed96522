// Claims and results in Redis. One command makes a claim, one transaction or script completes it, and one
// script releases it; Redis runs each of them atomically.
//
//     const auto end = steady_clock::now() + time_limit;  // of all steps together
//     connections_->claim(claim, claim_value(claim), time, end);

#include <algorithm>
#include <array>
#include <batchproof/detail/utf8.hpp>
#include <batchproof/idempotency/errors.hpp>
#include <batchproof/idempotency/redis_store.hpp>
#include <mutex>
#include <nlohmann/json.hpp>
#include <span>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "epoch_time.hpp"
#include "redis_connection.hpp"
#include "sha1.hpp"

namespace batchproof::inline v0_1 {
namespace {

using Json = nlohmann::json;
using Connection = detail::RedisConnection;
using Reply = detail::RedisReply;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

/// A script, which Redis knows by the hash of its text once it has run.
struct Script {
  explicit Script(const char* script_text) : text(script_text), hash(sha1_of(script_text)) {}
  std::string text;
  std::string hash;
};

// A value begins with the token of its claim, so the first argument of the scripts is that beginning.

/// Replaces the claim, also one that has expired if no other claim holds the key.
const Script complete_script(R"(
local found = redis.call('GETRANGE', KEYS[1], 0, #ARGV[1] - 1)
if found ~= ARGV[1] and found ~= '' then return 0 end
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
return 1)");

/// Its argument is the beginning of a value that is not completed.
const Script release_script(R"(
if redis.call('GETRANGE', KEYS[1], 0, #ARGV[1] - 1) == ARGV[1] then redis.call('DEL', KEYS[1]) end
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

std::string beginning_of_claim(const Claim& claim, std::size_t more) {
  std::string value = beginning_of_value(claim, more);
  value.append(R"(,"status":"INPROGRESS",)");
  return value;
}

/// Token, hash and numbers need no escapes.
std::string claim_value(const Claim& claim) {
  return beginning_of_claim(claim, members + claim.validation.size())
      .append(R"("in_progress_expiration":)")
      .append(std::to_string(milliseconds_of(claim.in_progress_until)))
      .append(R"(,"validation":")")
      .append(claim.validation)
      .append("\"}");
}

/// Empty for a result that is not UTF-8, which no value can hold: the effect is done and must not be repeated
/// because of that.
std::string data_of(std::string_view result) {
  return detail::is_utf8(result) ? Json(result).dump() : R"("")";
}

std::string completed_value(const Claim& claim, std::string_view result) {
  const std::string data = data_of(result);
  return beginning_of_value(claim, members + claim.validation.size() + data.size())
      .append(R"(,"status":"COMPLETED","expiration":)")
      .append(std::to_string(milliseconds_of(claim.expires) / 1'000))
      .append(R"(,"validation":")")
      .append(claim.validation)
      .append(R"(","data":)")
      .append(data)
      .append("}");
}

bool is_error(const Reply& reply, std::string_view code) {
  return reply && reply->type == REDIS_REPLY_ERROR &&
         std::string_view(reply->str, reply->len).starts_with(code);
}

bool is_text(const Reply& reply, std::string_view text) {
  return reply->type == REDIS_REPLY_STRING && std::string_view(reply->str, reply->len) == text;
}

}  // namespace

/// Idle connections, and those of claims. A claim keeps its connection, on which Redis watches its key, until
/// it is completed or released: completion is then one transaction, which Redis executes unless the key has
/// changed. That takes half as long as a script.
class RedisStore::Connections {
 public:
  explicit Connections(RedisStoreOptions options) : options_(std::move(options)) {}

  /// The earlier value of the key; null when the key is now claimed. Throws `StoreError`.
  Reply claim(const Claim& claim, std::string_view value, std::string_view time,
              steady_clock::time_point end) {
    auto connection = take(end);
    connection->add({"SET", claim.key, value, "NX", "GET", "PX", time});
    connection->add({"WATCH", claim.key});
    connection->add({"GET", claim.key});
    auto [before, watched, now] = send<3>(*connection);
    if (is_text(now, value)) {  // from here on Redis notices every change
      keep(claim.token, std::move(connection));
    } else {
      stop_watching(std::move(connection));
    }
    return std::move(before);
  }

  /// Writes the value, if the key has not changed since it was claimed; returns whether it did. Throws
  /// `StoreError`.
  bool complete(const Claim& claim, std::string_view value, std::string_view time,
                steady_clock::time_point end) {
    auto connection = kept(claim.token);
    if (!connection) return false;
    connection->end_at(end);
    connection->add({"MULTI"});
    connection->add({"SET", claim.key, value, "PX", time});
    connection->add({"EXEC"});
    const auto replies = send<3>(*connection);
    const bool is_executed = replies[2]->type == REDIS_REPLY_ARRAY;
    if (is_executed) {
      const std::span<redisReply* const> results(replies[2]->element, replies[2]->elements);
      for (const redisReply* const result : results) {  // an array although its write may have been refused
        if (result->type == REDIS_REPLY_ERROR) fail(std::string(result->str, result->len));
      }
    }
    give_back(std::move(connection));
    return is_executed;
  }

  /// Stops watching the key of a claim that is released.
  void forget(const Claim& claim, steady_clock::time_point end) {
    auto connection = kept(claim.token);
    if (!connection) return;
    connection->end_at(end);
    stop_watching(std::move(connection));
  }

  /// Runs a script with one key; sends its text when the server does not know it. Throws `StoreError`.
  Reply run(const Script& script, std::string_view key, std::string_view beginning, std::string_view value,
            std::string_view time, steady_clock::time_point end) {
    auto connection = take(end);
    std::array<std::string_view, 7> words{"EVALSHA", script.hash, "1", key, beginning, value, time};
    connection->add(words);
    Reply reply = connection->send() ? connection->receive() : nullptr;
    if (is_error(reply, "NOSCRIPT")) {
      words[0] = "EVAL";
      words[1] = script.text;
      connection->add(words);
      reply = connection->send() ? connection->receive() : nullptr;
    }
    check(reply, *connection);
    give_back(std::move(connection));
    return reply;
  }

 private:
  /// Sends the `count` commands that were added. Throws for an error of one of them.
  template <std::size_t count>
  std::array<Reply, count> send(Connection& connection) {
    std::array<Reply, count> replies;
    const bool is_sent = connection.send();
    for (Reply& reply : replies) {
      if (is_sent) reply = connection.receive();
      if (!reply) check(reply, connection);
    }
    for (const Reply& reply : replies) check(reply, connection);
    return replies;
  }

  void stop_watching(std::unique_ptr<Connection> connection) {
    connection->add({"UNWATCH"});
    send<1>(*connection);
    give_back(std::move(connection));
  }

  void keep(const std::string& token, std::unique_ptr<Connection> connection) {
    const std::lock_guard lock(mutex_);
    of_claims_.insert_or_assign(token, std::move(connection));
  }

  /// The connection of a claim; null when the claim has none.
  std::unique_ptr<Connection> kept(const std::string& token) {
    const std::lock_guard lock(mutex_);
    const auto node = of_claims_.extract(token);
    return node.empty() ? nullptr : std::move(node.mapped());
  }

  std::unique_ptr<Connection> take(steady_clock::time_point end) {
    std::unique_ptr<Connection> connection;
    {
      const std::lock_guard lock(mutex_);
      if (!idle_.empty()) {
        connection = std::move(idle_.back());
        idle_.pop_back();
      }
    }
    if (!connection) connection = connect(end);
    connection->end_at(end);
    return connection;
  }

  std::unique_ptr<Connection> connect(steady_clock::time_point end) {
    auto connection = std::make_unique<Connection>(options_, end);
    if (!connection->error().empty()) fail(connection->error());
    if (options_.password.empty()) return connection;
    if (options_.username.empty()) {
      connection->add({"AUTH", options_.password});
    } else {
      connection->add({"AUTH", options_.username, options_.password});
    }
    send<1>(*connection);
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
    if (reply->type != REDIS_REPLY_ERROR) return;
    if (is_error(reply, "READONLY")) {
      const std::lock_guard lock(mutex_);
      idle_.clear();  // they lead to the same server, which is now a replica
    }
    fail(std::string(reply->str, reply->len));
  }

  [[noreturn]] void fail(const std::string& reason) const {
    throw StoreError("Redis failed: " + reason + " (" + options_.host + ":" + std::to_string(options_.port) +
                     ")");
  }

  RedisStoreOptions options_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Connection>> idle_;
  std::unordered_map<std::string, std::unique_ptr<Connection>> of_claims_;  // by token
};

RedisStore::RedisStore(RedisStoreOptions options)
    : connections_(std::make_unique<Connections>(std::move(options))) {}

RedisStore::~RedisStore() = default;

std::optional<ExistingRecord> RedisStore::claim(const Claim& claim, milliseconds time_limit) {
  const auto end = steady_clock::now() + time_limit;
  const std::string value = claim_value(claim);
  const Reply before =
      connections_->claim(claim, value, time_to_live(claim.in_progress_until - claim.now), end);
  if (before->type == REDIS_REPLY_NIL) return std::nullopt;
  if (is_text(before, value)) return std::nullopt;  // the answer to this claim was lost
  const Json found = before->type == REDIS_REPLY_STRING
                         ? Json::parse(std::string_view(before->str, before->len), nullptr, false)
                         : Json();
  const auto text = [&](const char* member) {
    const Json found_text = found.is_object() && found.contains(member) ? found[member] : Json("");
    if (!found.is_object() || !found_text.is_string())
      throw StoreError("Redis holds something else at the key " + claim.key);
    return found_text.get<std::string>();
  };
  return ExistingRecord{text("status") == "COMPLETED", text("data"), text("validation")};
}

bool RedisStore::complete(const Claim& claim, std::string_view result, milliseconds time_limit) {
  const auto end = steady_clock::now() + time_limit;
  const std::string value = completed_value(claim, result);
  const std::string time = time_to_live(claim.expires - claim.now);
  if (connections_->complete(claim, value, time, end)) return true;
  // The key has changed, for instance because it expired; or this call repeats one whose answer was lost.
  const Reply reply =
      connections_->run(complete_script, claim.key, beginning_of_value(claim, members), value, time, end);
  return reply->type == REDIS_REPLY_INTEGER && reply->integer == 1;
}

void RedisStore::release(const Claim& claim, milliseconds time_limit) {
  const auto end = steady_clock::now() + time_limit;
  connections_->forget(claim, end);
  connections_->run(release_script, claim.key, beginning_of_claim(claim, members), "", "", end);
}

}  // namespace batchproof::inline v0_1
