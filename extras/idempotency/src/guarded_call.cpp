#include <unistd.h>

#include <algorithm>
#include <array>
#include <batchproof/detail/contain.hpp>
#include <batchproof/idempotency/errors.hpp>
#include <batchproof/idempotency/guarded_call.hpp>
#include <cerrno>
#include <cstdlib>
#include <system_error>
#include <thread>

#include "sha1.hpp"

namespace batchproof::inline v0_1 {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr int attempts = 3;
constexpr milliseconds last_pause{200};  // before the last attempt, for a store that starts again
constexpr milliseconds longest_function = std::chrono::minutes(15);
constexpr milliseconds shortest_limit{50};  // also after the deadline, so that the call is tried
constexpr std::size_t longest_key = 1'024;  // DynamoDB's partition keys have up to 2,048 bytes

/// The time of the given clock, or else of the steady clock, which nobody sets.
std::chrono::nanoseconds time_that_passes(const Clock& clock) {
  return clock ? clock().time_since_epoch() : steady_clock::now().time_since_epoch();
}

std::string new_token() {
  std::array<char, 8> bytes{};  // enough to differ from the few other claims of its key
  if (getentropy(bytes.data(), bytes.size()) != 0)
    throw std::system_error(errno, std::generic_category(), "no random token");
  return hexadecimal({bytes.data(), bytes.size()});
}

bool is_plain(std::string_view text) {
  return text.size() <= longest_key && std::all_of(text.begin(), text.end(), [](char character) {
           return character > ' ' && static_cast<unsigned char>(character) < 0x7F;
         });
}

/// A key that every store accepts: a long key, or one with characters that are not ASCII, is replaced by its
/// hash. So is one that begins like such a hash.
std::string stored_key(const IdempotencyOptions& options, std::string_view key) {
  if (key.empty())
    throw IdempotencyError("the key of this record is empty; all records without a key would count as one");
  constexpr std::string_view mark = "sha1:";
  constexpr std::size_t hashed = mark.size() + 40;
  std::string_view prefix = options.prefix;
  if (const char* const name = std::getenv("AWS_LAMBDA_FUNCTION_NAME"); prefix.empty() && name != nullptr)
    prefix = name;
  std::string stored;
  stored.reserve(prefix.size() + 1 + std::max(key.size(), hashed));
  if (!prefix.empty()) stored.append(prefix).append("#");
  if (is_plain(key) && !key.starts_with(mark)) {
    stored.append(key);
  } else {
    stored.append(mark).append(sha1_of(key));
  }
  return stored;
}

/// The time that comes `by` later, or the latest time that the clock's type holds.
std::chrono::system_clock::time_point later(std::chrono::system_clock::time_point time, milliseconds by) {
  using Time = std::chrono::system_clock::time_point;
  const auto most = std::chrono::floor<milliseconds>(Time::max() - std::max(time, Time()));
  return time + std::min(by, most);
}

}  // namespace

GuardedCall::GuardedCall(IdempotencyStore& store, const IdempotencyOptions& options,
                         const LambdaContext& context, std::string_view key,
                         std::optional<std::string_view> payload)
    : store_(store), options_(options), context_(context) {
  const auto time = now(options.clock);
  const milliseconds blocked =
      options.in_progress_expires_after.value_or(context.remaining_time(time).value_or(longest_function));
  claim_ = {.key = stored_key(options, key),
            .token = new_token(),
            .validation = payload ? sha1_of(*payload) : "",
            .now = time,
            .in_progress_until = later(later(time, blocked), options.clock_skew),
            .expires = std::max(later(time, options.expires_after),
                                later(later(time, blocked), options.clock_skew))};
}

/// The other half of what is left is for the answer of the function.
milliseconds GuardedCall::time_limit() const {
  const milliseconds limit = std::min<milliseconds>(options_.store_time_limit, longest_function);
  const auto left = context_.remaining_time(now(options_.clock));
  return left ? std::min(std::max(shortest_limit, *left / 2), limit) : limit;
}

template <class Step>
void GuardedCall::repeat(Pause pause, Step&& step) const {
  milliseconds left = time_limit();
  const auto give_up = time_that_passes(options_.clock) + left;
  const auto rest = [&] {
    return std::chrono::duration_cast<milliseconds>(give_up - time_that_passes(options_.clock));
  };
  for (int attempt = 1;; ++attempt) {
    const auto failure = detail::contain([&]() -> std::optional<Failure> {
      step(left);
      return std::nullopt;
    });
    if (!failure) return;
    left = rest();
    if (attempt == attempts || left.count() <= 0) std::rethrow_exception(failure->exception);
    if (attempt + 1 < attempts) continue;                  // at once: most often a kept connection was closed
    if (pause == Pause::none || options_.clock) continue;  // waiting does not move that clock
    std::this_thread::sleep_for(std::min(last_pause, left / 4));
    left = rest();
  }
}

std::optional<std::string> GuardedCall::begin() {
  std::optional<ExistingRecord> existing;
  try {
    repeat(Pause::none, [&](milliseconds limit) { existing = store_.claim(claim_, limit); });
  } catch (...) {  // the claim may have been made, and would block the next delivery until it expires
    detail::contain([&]() -> std::optional<Failure> {
      store_.release(claim_, std::min(shortest_limit, options_.store_time_limit));
      return std::nullopt;
    });
    throw;
  }
  if (!existing) return std::nullopt;
  if (!existing->validation.empty() && !claim_.validation.empty() &&
      existing->validation != claim_.validation)
    throw KeyReusedError("the key " + claim_.key + " was used before, for another payload");
  if (existing->is_completed) {
    detail::contain([&]() -> std::optional<Failure> {
      if (options_.on_repeated) options_.on_repeated(claim_.key);
      return std::nullopt;
    });
    return std::move(existing->result);
  }
  throw InProgressError("another delivery of the key " + claim_.key +
                        " is being handled, or its function ended before completing it");
}

void GuardedCall::complete(std::string_view result) {
  bool is_kept = false;
  repeat(Pause::before_last, [&](milliseconds limit) { is_kept = store_.complete(claim_, result, limit); });
  if (!is_kept) {
    throw ClaimLostError("the claim of the key " + claim_.key +
                         " expired before the handler returned, and another delivery holds it now; "
                         "in_progress_expires_after is too short");
  }
}

void GuardedCall::release() noexcept {
  detail::contain([&]() -> std::optional<Failure> {
    repeat(Pause::before_last, [&](milliseconds limit) { store_.release(claim_, limit); });
    return std::nullopt;
  });
}

}  // namespace batchproof::inline v0_1
