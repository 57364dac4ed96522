#pragma once

#include <batchproof/idempotency/options.hpp>
#include <batchproof/idempotency/store.hpp>
#include <batchproof/lambda_context.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace batchproof {

/// The steps around one handling of a record, for those who write their own handlers around a store:
/// `begin`, then the handler, then `complete` or `release`. `idempotent` does it for a function. One thread.
///
/// A step of the store that fails is repeated, up to three times within its time limit: each has the claim's
/// token, so that an answer that was lost does no harm.
class GuardedCall {
 public:
  /// The store, the options and the context must outlive this. An empty payload is not hashed.
  GuardedCall(IdempotencyStore& store, const IdempotencyOptions& options, const LambdaContext& context,
              std::string_view key, const std::optional<std::string>& payload);

  /// Nothing: the key is claimed, and the handler is to be called. Otherwise the result of the earlier
  /// handling. Throws `InProgressError`, `KeyReusedError`, or what the store threw: then the handler must not
  /// be called.
  std::optional<std::string> begin();

  /// The handler has succeeded. Throws `ClaimLostError`, or what the store threw: the record then fails, and
  /// is handled again when the claim has expired.
  void complete(std::string_view result);

  /// The handler has failed. When the store cannot be reached, the claim stays until it expires.
  void release() noexcept;

 private:
  template <class Step>
  void repeat(Step&& step) const;
  std::chrono::milliseconds time_limit() const;

  IdempotencyStore& store_;
  const IdempotencyOptions& options_;
  const LambdaContext& context_;
  Claim claim_;
};

namespace detail {

/// The key of a record unless the options say otherwise.
template <class Record>
std::string default_key(const Record& record) {
  if constexpr (std::is_same_v<Record, SqsRecord>) {
    return std::string(record.message_id());
  } else if constexpr (std::is_same_v<Record, KinesisStreamRecord>) {
    return std::string(record.event_id());
  } else if constexpr (std::is_same_v<Record, DynamoDbRecord>) {
    return std::string(record.event_id().value_or(record.item_identifier()));
  } else {
    return std::string(record.item_identifier());
  }
}

template <class Record>
std::optional<std::string> default_payload(const Record& record) {
  if constexpr (std::is_same_v<Record, SqsRecord>) {
    return std::string(record.body());
  } else if constexpr (std::is_same_v<Record, KinesisStreamRecord>) {
    return std::string(record.data());
  } else if constexpr (std::is_same_v<Record, KafkaRecord>) {
    const auto value = record.value();
    return value ? std::optional(std::string(*value)) : std::nullopt;
  } else {
    return std::nullopt;
  }
}

template <class Record>
std::string key_of(const IdempotencyOptions& options, const Record& record) {
  auto key = options.key(record);
  return key ? std::move(*key) : default_key(record);
}

template <class Record>
std::optional<std::string> payload_of(const IdempotencyOptions& options, const Record& record) {
  auto payload = options.payload(record);
  return payload ? std::move(payload) : default_payload(record);
}

}  // namespace detail
}  // namespace batchproof
