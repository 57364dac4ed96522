#pragma once

// The options of `idempotent`: the key of an effect, and how long its result is kept:
//
//   const auto order_of = [](const bp::SqsRecord& record) { return std::string(record.body()); };
//   bp::idempotent(handle_order, store, {.key = order_of, .expires_after = std::chrono::hours(24)});

#include <batchproof/batch.hpp>
#include <batchproof/detail/callback.hpp>
#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace batchproof::inline v0_1 {
namespace detail {

template <class Record>
struct TextFunction {
  std::function<std::string(const Record&)> function{};
};

#define BATCHPROOF_TEXT_FUNCTION(Record) , TextFunction<Record>
template <class... Functions>
struct TextFunctionsOf;
template <class First, class... Functions>
struct TextFunctionsOf<First, Functions...> : Functions... {};
using TextFunctions = TextFunctionsOf<void BATCHPROOF_FOR_EACH_RECORD_TYPE(BATCHPROOF_TEXT_FUNCTION)>;
#undef BATCHPROOF_TEXT_FUNCTION

}  // namespace detail

/// A function that returns a text of a record. It takes one or several of the record types, such as `[](const
/// SqsRecord& record) { return std::string(record.message_id()); }`. A generic function must compile for all
/// of them.
class RecordToText : detail::TextFunctions {
 public:
  RecordToText() = default;

  template <class Function>
  requires(!std::is_same_v<std::remove_cvref_t<Function>, RecordToText>)
      RecordToText(Function function) {  // NOLINT(google-explicit-constructor): it stands for the function
#define BATCHPROOF_TAKES(Record) || std::is_invocable_v<const Function&, const Record&>
    constexpr bool takes_some = false BATCHPROOF_FOR_EACH_RECORD_TYPE(BATCHPROOF_TAKES);
#undef BATCHPROOF_TAKES
    static_assert(
        takes_some,
        "batchproof: a function that returns the key or the payload of a record takes (const Record&), "
        "and is not mutable");
#define BATCHPROOF_ADD(Record) add<Record>(function);
    BATCHPROOF_FOR_EACH_RECORD_TYPE(BATCHPROOF_ADD)
#undef BATCHPROOF_ADD
    is_set_ = true;
  }

  bool is_set() const noexcept { return is_set_; }

  /// Nothing for records of a type that the function does not take.
  template <class Record>
  std::optional<std::string> operator()(const Record& record) const {
    const auto& function = detail::TextFunction<Record>::function;
    return function ? std::optional(function(record)) : std::nullopt;
  }

 private:
  bool is_set_ = false;

  template <class Record, class Function>
  void add(const Function& function) {
    if constexpr (std::is_invocable_v<const Function&, const Record&>) {
      detail::TextFunction<Record>::function = [function](const Record& record) {
        return std::string(function(record));
      };
    }
  }
};

struct IdempotencyOptions {
  /// The key of an effect: records of one key are handled once. Left out: the message id; the ARN of a stream
  /// and the record's event id; or Kafka's cluster, partition, offset and time. If a producer may send an
  /// order twice, take the key from the payload. A record of a type that the function does not take fails.
  RecordToText key{};

  /// A text whose hash must be the same each time that a key comes; otherwise the record fails. It guards
  /// against keys that two different payloads share. Left out: the body of a message, the data of a Kinesis
  /// record, the key and the value of one of Kafka.
  RecordToText payload{};

  /// How long a result is kept. It should be longer than the service may deliver the record again: the
  /// retention period of the queue or stream.
  std::chrono::milliseconds expires_after = std::chrono::hours(24);

  /// How long a claim blocks other deliveries after the function that made it crashed. Left out: until the
  /// deadline of the context, or without one for 15 minutes, the longest time of a function. A time shorter
  /// than the handler takes lets the effect happen twice.
  std::optional<std::chrono::milliseconds> in_progress_expires_after{};

  /// The largest difference between the clocks of two functions: claims are kept longer by this time.
  std::chrono::milliseconds clock_skew = std::chrono::seconds(5);

  /// Stands before each key, so that functions may share a store. Left out: AWS_LAMBDA_FUNCTION_NAME.
  std::string prefix{};

  /// The longest that one step of the store may take, its repetitions included; never more than half of what
  /// is left until the deadline, so that the function still answers when the store hangs. Near the deadline,
  /// and after it, a step still has 50 ms, or this limit if that is shorter.
  std::chrono::milliseconds store_time_limit{1'000};

  Clock clock{};

  /// Called for each delivery that gets the result of an earlier one, with its key as the store has it: such
  /// as to count it. On the thread that calls the store, so with `.max_concurrency` on several at once. Its
  /// exceptions are dropped, since the record was handled.
  detail::Callback<void(std::string_view key)> on_repeated{};
};

}  // namespace batchproof::inline v0_1
