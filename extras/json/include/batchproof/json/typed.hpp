#pragma once

#include <batchproof/batch.hpp>
#include <batchproof/json/attribute_json.hpp>
#include <batchproof/json/change.hpp>
#include <coroutine>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace batchproof {

/// The payload of a record does not fit the type that its handler takes. It fails that record alone, which
/// keeps its raw text; `what()` says what did not fit.
class PayloadError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

namespace detail {

/// Reads a payload; whatever the reading throws becomes a `PayloadError` that names the field.
template <class Payload, class ToJson>
Payload read_payload(std::string_view where, ToJson&& to_plain_json) {
  try {
    return std::forward<ToJson>(to_plain_json)().template get<Payload>();
  } catch (const std::exception& error) {
    throw PayloadError(std::string(where) + " does not fit: " + error.what());
  }
}

template <class Item>
std::optional<Item> read_image(std::string_view where, const std::optional<AttributeMap>& image) {
  if (!image) return std::nullopt;
  return read_payload<Item>(where, [&] { return to_json(*image); });
}

/// What a typed handler is given for a record.
template <class Payload>
Payload payload_of(const SqsRecord& record) {
  return read_payload<Payload>("body", [&] { return nlohmann::json::parse(record.body()); });
}

template <class Payload>
Payload payload_of(const KinesisStreamRecord& record) {
  return read_payload<Payload>("kinesis/data", [&] { return nlohmann::json::parse(record.data()); });
}

template <class Payload>
Change<Payload> payload_of(const DynamoDbRecord& record) {
  return {record.kind(), read_image<Payload>("dynamodb/OldImage", record.old_image()),
          read_image<Payload>("dynamodb/NewImage", record.new_image())};
}

}  // namespace detail

/// A record handler that reads the payload before it calls the user's; made by `typed`.
template <class Payload, class Handler>
class TypedHandler {
 public:
  explicit TypedHandler(Handler handler) : handler_(std::move(handler)) {}

  template <class Record>
  auto operator()(const Record& record, const LambdaContext& context) {
    return call(handler_, record, context);
  }

  template <class Record>
  auto operator()(const Record& record, const LambdaContext& context) const {
    return call(handler_, record, context);
  }

 private:
  template <class User, class Record>
  static auto call(User& handler, const Record& record, const LambdaContext& context) {
    using Given = decltype(detail::payload_of<Payload>(record));
    constexpr bool takes_all = std::is_invocable_v<User&, const Given&, const Record&, const LambdaContext&>;
    constexpr bool takes_record = std::is_invocable_v<User&, const Given&, const Record&>;
    constexpr bool takes_context = std::is_invocable_v<User&, const Given&, const LambdaContext&>;
    static_assert(takes_all || takes_record || takes_context || std::is_invocable_v<User&, const Given&>,
                  "batchproof: a typed handler takes (const Payload&), then the record, then the const "
                  "LambdaContext&, the "
                  "last two if it likes; for DynamoDB the payload is a bp::Change<Payload>");
    const auto call_user = [&](const Given& payload) {
      if constexpr (takes_all) {
        return std::invoke(handler, payload, record, context);
      } else if constexpr (takes_record) {
        return std::invoke(handler, payload, record);
      } else if constexpr (takes_context) {
        return std::invoke(handler, payload, context);
      } else {
        return std::invoke(handler, payload);
      }
    };
    using Result = std::invoke_result_t<decltype(call_user), const Given&>;
    if constexpr (requires { typename std::coroutine_traits<Result>::promise_type; }) {
      return call_and_hold<Result>(call_user, detail::payload_of<Payload>(record));
    } else {
      return call_user(detail::payload_of<Payload>(record));
    }
  }

  /// A coroutine handler sees its payload by reference, and long after this has returned.
  template <class Result, class CallUser, class Given>
  static Result call_and_hold(CallUser call_user, const Given payload) {
    co_return co_await call_user(payload);
  }

  Handler handler_;
};

/// Makes a record handler of one that takes the record's payload as a type of the user's, by nlohmann's
/// `from_json`: the body of an SQS message, the bytes of a Kinesis record, or a `Change<Payload>` with the
/// images of a DynamoDB item. The forms are `(const Payload&)`, `(const Payload&, const Record&)`, each also
/// with a `const LambdaContext&` at the end; the longest that fits is called. Its result is treated as any
/// handler's.
template <class Payload, class Handler>
TypedHandler<Payload, std::decay_t<Handler>> typed(Handler&& handler) {
  return TypedHandler<Payload, std::decay_t<Handler>>(std::forward<Handler>(handler));
}

}  // namespace batchproof
