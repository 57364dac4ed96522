#pragma once

// Handles the records of one key once, however often they are delivered:
//
//   auto handler = bp::idempotent(handle_order, store, {.expires_after = std::chrono::hours(24)});

#include <batchproof/handler.hpp>
#include <batchproof/idempotency/errors.hpp>
#include <batchproof/idempotency/guarded_call.hpp>
#include <batchproof/idempotency/key_owners.hpp>
#include <exception>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace batchproof::inline v0_1 {

/// Writes and reads results as JSON, by nlohmann's `to_json` and `from_json` of their type. Bytes of a text
/// that are not UTF-8 become U+FFFD. A format of your own has the same two functions, `write(value)` and
/// `read<Value>(text)`.
struct JsonResults {
  template <class Value>
  static std::string write(const Value& value) {
    return nlohmann::json(value).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  }
  template <class Value>
  static Value read(const std::string& text) {
    static_assert(
        !std::is_same_v<Value, std::string_view>,
        "batchproof: a result that is kept is a std::string: a std::string_view would refer to a text that "
        "is gone when the record comes again");
    return nlohmann::json::parse(text).template get<Value>();
  }
};

namespace detail {

/// Stands before a stored text that would be empty, which means "could not be written", and before one that
/// begins with this character itself. JSON as it is written here does not.
inline constexpr char escape = ' ';

/// The text of a result; empty when it cannot be written, since the effect is done and must not be repeated
/// because of that.
template <class Results, class Value>
std::string write_result(const Value& value) {
  std::string text;
  contain([&]() -> std::optional<Failure> {
    text = Results::write(value);
    if (text.empty() || text.front() == escape) text.insert(text.begin(), escape);
    return std::nullopt;
  });
  return text;
}

template <class Value, class Results>
Value read_result(const std::string& text) {
  if (text.empty()) throw IdempotencyError("handled before, by a delivery whose result could not be written");
  try {
    return Results::template read<Value>(text.front() == escape ? text.substr(1) : text);
  } catch (const std::exception& error) {
    throw IdempotencyError(
        "handled before, by a delivery whose result cannot be read as today's type of result: " +
        std::string(error.what()));
  }
}

/// A handler that handles each key once.
template <class Handler, class Results>
class IdempotentHandler {
 public:
  IdempotentHandler(Handler handler, IdempotencyStore& the_store, IdempotencyOptions options)
      : handler_(std::move(handler)),
        identity_(identity_of(handler_)),
        store_(&the_store),
        options_(std::move(options)) {}

  template <class Record>
  requires RecordHandler<Handler, Record>
  auto operator()(const Record& record, const LambdaContext& context) const {
    if constexpr (check_handler<Handler, Record>() && check_record<Record>())
      return handle_once(record, context);
  }

 private:
  template <class Record>
  auto handle_once(const Record& record, const LambdaContext& context) const {
    using Value = KeptResult<Handler, Record>;
    GuardedCall call = guarded_call(*store_, options_, context, record);
    const auto earlier = call.begin();
    note_key(*store_, call.key(), record.item_identifier(), identity_, earlier.has_value());
    if constexpr (std::is_void_v<Value>) {
      if (earlier) return;
      run(call, record, context, [](auto&&) {});
      call.complete("null");
    } else {
      if (earlier) return batchproof::Kept<Value>{read_result<Value, Results>(*earlier)};
      std::optional<Value> value;
      run(call, record, context,
          [&](auto&& result) { value.emplace(std::forward<decltype(result)>(result)); });
      call.complete(write_result<Results>(*value));
      return batchproof::Kept<Value>{std::move(*value)};
    }
  }

  template <class Record, class Keep>
  void run(GuardedCall& call, const Record& record, const LambdaContext& context, Keep&& keep) const {
    const auto failure = contain([&] { return handle(handler_, record, context, keep); });
    if (!failure) return;
    call.release();
    std::rethrow_exception(failure->exception);
  }

  mutable Handler handler_;  // called in a const function, like that of std::function
  HandlerIdentity identity_;
  IdempotencyStore* store_;
  IdempotencyOptions options_;
};

}  // namespace detail

/// A handler that handles the records of a key once, despite crashes and duplicates, as long as the store can
/// be reached: the first delivery claims the key, handles its record, and keeps the result, which later
/// deliveries return. A delivery that comes while another one is being handled fails, to be delivered again.
/// A handler that failed releases its claim, so that a retry handles the record.
///
/// Each effect that is guarded by itself has a prefix of its own: with the same key the second one of a
/// record would be skipped. Where that shows, the record fails.
///
/// No store can prevent one case: a function that ends after an effect and before its result is kept lets the
/// effect happen again, once for each such end.
///
/// The handler is as for a processor, with the same results; `Results` must be able to read its result. The
/// store must outlive the returned handler, which is as thread-safe as the user's handler, and throws what
/// that throws, what the store and `.key` throw, and `IdempotencyError`.
template <class Results = JsonResults, class Handler>
auto idempotent(Handler handler, IdempotencyStore& the_store, IdempotencyOptions options = {}) {
  return detail::IdempotentHandler<Handler, Results>(std::move(handler), the_store, std::move(options));
}

}  // namespace batchproof::inline v0_1
