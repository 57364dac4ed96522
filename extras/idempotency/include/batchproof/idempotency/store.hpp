#pragma once

// The interface of idempotency stores. `MemoryStore`, `RedisStore` and `DynamoDbStore` implement it; for one
// of your own:
//
//   class MyStore : public bp::IdempotencyStore { ... };

#include <batchproof/detail/export.hpp>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace batchproof::inline v0_1 {

/// The right to handle the records of a key, until it expires.
struct Claim {
  std::string key{};
  std::string token{};       ///< distinguishes this claim from every other
  std::string validation{};  ///< a hash of the payload; empty when there is none
  std::chrono::system_clock::time_point now{};
  std::chrono::system_clock::time_point in_progress_until{};
  std::chrono::system_clock::time_point expires{};  ///< of the result, and of a claim left by a crash
};

/// The claim or result that kept a key from being claimed.
struct ExistingRecord {
  bool is_completed = false;
  std::string result{};      ///< of a completed one
  std::string validation{};  ///< of the payload that it was claimed or completed for
};

/// Keeps claims and results. A function has one store for all its invocations; several functions may share
/// one.
///
/// Each call is atomic, and ends within the time limit, however many steps it takes: each step has what the
/// earlier ones left. A call that is repeated with the same token, after a lost answer, changes nothing and
/// returns what it returned before. Safe to call from several threads. An exception fails the record.
class BATCHPROOF_EXPORT IdempotencyStore {
 public:
  virtual ~IdempotencyStore() = default;

  /// Claims the key unless another claim or a result holds it that does not expire before `claim.now`.
  /// Returns nothing when the key is claimed, by this token.
  virtual std::optional<ExistingRecord> claim(const Claim& claim, std::chrono::milliseconds time_limit) = 0;

  /// Keeps the result until `claim.expires`. Returns false, and changes nothing, when another claim holds the
  /// key by now.
  virtual bool complete(const Claim& claim, std::string_view result,
                        std::chrono::milliseconds time_limit) = 0;

  /// Releases the key. Changes nothing when another claim holds it by now, or it is completed.
  virtual void release(const Claim& claim, std::chrono::milliseconds time_limit) = 0;
};

}  // namespace batchproof::inline v0_1
