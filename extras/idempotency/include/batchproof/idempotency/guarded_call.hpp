#pragma once

#include <batchproof/detail/export.hpp>
#include <batchproof/idempotency/errors.hpp>
#include <batchproof/idempotency/options.hpp>
#include <batchproof/idempotency/record_defaults.hpp>
#include <batchproof/idempotency/store.hpp>
#include <batchproof/lambda_context.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace batchproof::inline v0_1 {

/// The steps around one handling of a record, for handlers that use a store without `idempotent`: `begin`,
/// then the handler, then `complete` or `release`. One thread at a time.
///
/// A step of the store that fails is repeated, up to three times within its time limit, behind a handler the
/// last time after a pause of up to 200 ms. Each repetition has the claim's token, so that a lost answer does
/// no harm. With a `.clock` of the options there is no pause.
class BATCHPROOF_EXPORT GuardedCall {
 public:
  /// The store, the options and the context must outlive this. Without a payload the key may come again for
  /// anything. Allocates only the claim's texts.
  GuardedCall(IdempotencyStore& store, const IdempotencyOptions& options, const LambdaContext& context,
              std::string_view key, std::optional<std::string_view> payload);
  GuardedCall(IdempotencyStore&, IdempotencyOptions&&,  // batchproof: keep the options in a variable
              const LambdaContext&, std::string_view, std::optional<std::string_view>) = delete;
  GuardedCall(IdempotencyStore&, const IdempotencyOptions&,
              LambdaContext&&,  // batchproof: and the context too
              std::string_view, std::optional<std::string_view>) = delete;

  /// Returns nothing when the key is claimed: then call the handler. Otherwise calls `.on_repeated`, and
  /// returns the result of the earlier handling. Throws `InProgressError`, `KeyReusedError`, or what the
  /// store threw: then do not call the handler. After an error of the store, which may have made the claim,
  /// it tries once to release it, for 50 ms or the shorter `.store_time_limit`.
  [[nodiscard]] std::optional<std::string> begin();

  /// To be called when the handler has succeeded. Throws `ClaimLostError`, or what the store threw: the
  /// record then fails, and is handled again when the claim has expired.
  void complete(std::string_view result);

  /// To be called when the handler has failed. When the store cannot be reached, the claim stays until it
  /// expires.
  void release() noexcept;

  /// As the store has it: with its prefix, or its hash.
  const std::string& key() const noexcept { return claim_.key; }

 private:
  /// Before the last attempt of a step. A claim that fails costs a delivery, and while a store is down each
  /// record makes one; a completion that fails costs an effect that happens twice.
  enum class Pause { none, before_last };

  template <class Step>
  void repeat(Pause pause, Step&& step) const;
  BATCHPROOF_NO_EXPORT std::chrono::milliseconds time_limit() const;

  IdempotencyStore& store_;
  const IdempotencyOptions& options_;
  const LambdaContext& context_;
  Claim claim_;
};

namespace detail {

/// False, with a readable error, for what is no record, such as a user record of an aggregate.
template <class Record>
constexpr bool check_record() {
  constexpr bool is_record = requires(const Record& record) { default_key(record); };
  static_assert(
      is_record,
      "batchproof: idempotent takes a handler of the records of a queue, stream or topic; guard what "
      "one of them holds by a GuardedCall in its handler");
  return is_record;
}

template <class Record>
GuardedCall guarded_call(IdempotencyStore& store, const IdempotencyOptions& options,
                         const LambdaContext& context, const Record& record) {
  static_assert(check_record<Record>());
  const std::optional<std::string> key = options.key(record);
  if (!key && options.key.is_set()) {
    throw IdempotencyError(
        "the function in .key takes no record of this type, and the default key must not take its place");
  }
  const std::optional<std::string> payload = options.payload(record);
  const auto call = [&](std::optional<std::string_view> hashed) {
    return GuardedCall(store, options, context, key ? *key : default_key(record), hashed);
  };
  return payload ? call(*payload) : call(default_payload(record));
}

}  // namespace detail
}  // namespace batchproof::inline v0_1
