#pragma once

// The interface of stores of idempotency, of which `MemoryStore`, `RedisStore` and `DynamoDbStore` are three;
// for one of your own:
//
//   class MyStore : public bp::IdempotencyStore { ... };

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace batchproof {

/// The right to handle the records of a key, until it expires.
struct Claim {
  std::string key{};
  std::string token{};       ///< distinguishes this claim from every other
  std::string validation{};  ///< a hash of the payload; empty when there is none
  std::chrono::system_clock::time_point now{};
  std::chrono::system_clock::time_point in_progress_until{};
  std::chrono::system_clock::time_point expires{};  ///< of the result, and of all that a crash leaves behind
};

/// The record in a store of a key that could not be claimed.
struct ExistingRecord {
  bool is_completed = false;
  std::string result{};      ///< of a completed one
  std::string validation{};  ///< of the payload that it was claimed or completed for
};

/// Keeps claims and results. A function has one, for all its invocations; several functions may
/// share one.
///
/// Each call is atomic, and has ended after the time limit. Repeated with the same token, after an answer
/// that was lost, it does nothing again and says what it said before. Safe to call from several threads. What
/// it throws fails the record.
class IdempotencyStore {
 public:
  virtual ~IdempotencyStore() = default;

  /// Claims the key if nobody has it, or only a claim or a result that expired before `claim.now`. Returns
  /// nothing when it is claimed, by this token.
  virtual std::optional<ExistingRecord> claim(const Claim& claim, std::chrono::milliseconds time_limit) = 0;

  /// Keeps the result until `claim.expires`. Returns false, and changes nothing, when the claim is another
  /// one's by now.
  virtual bool complete(const Claim& claim, std::string_view result,
                        std::chrono::milliseconds time_limit) = 0;

  /// Gives the key up. Changes nothing when the claim is another one's by now, or completed.
  virtual void release(const Claim& claim, std::chrono::milliseconds time_limit) = 0;
};

}  // namespace batchproof
