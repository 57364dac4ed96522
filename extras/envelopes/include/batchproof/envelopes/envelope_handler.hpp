#pragma once

// Makes a record handler of a handler of inner records. Not part of the public interface.
//
//     return detail::handle_envelopes<detail::SnsMessages>(std::forward<Handler>(handler));

#include <batchproof/detail/await_user.hpp>
#include <batchproof/detail/contain.hpp>
#include <batchproof/detail/record_head.hpp>
#include <batchproof/envelopes/inner_record_error.hpp>
#include <batchproof/failure_request.hpp>
#include <batchproof/handler.hpp>
#include <batchproof/json/typed.hpp>
#include <batchproof/lambda_context.hpp>
#include <concepts>
#include <cstddef>
#include <exception>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace batchproof::inline v0_1::detail {

/// The text that holds the envelope.
template <HasPayloadField Record>
InnerPayload envelope_of(const Record& record) {
  const std::optional<std::string_view> text = PayloadField<Record>::text(record);
  return {PayloadField<Record>::name, text.value_or("")};
}
template <class Inner>
requires requires(const Inner& inner) { inner_payload(inner); }
InnerPayload envelope_of(const Inner& inner) { return inner_payload(inner); }

/// A record, or an inner record, whose payload is a text that may hold an envelope.
template <class Record>
concept HasEnvelope = requires(const Record& record) {
  envelope_of(record);
};

/// A record whose payload is bytes, such as that of a Kinesis stream.
template <class Record>
concept HasData = requires(const Record& record) {
  { record.data() } -> std::convertible_to<std::string_view>;
};

/// The failures of the inner records of one record.
class InnerFailures {
 public:
  explicit InnerFailures(std::size_t inners) : inners_(inners) {}

  /// Throws the failure with its place; or what it asks for, where that can be asked for the whole record:
  /// the others must not go to a dead-letter queue with it. An inner record that is dropped is done, and
  /// nothing is thrown.
  void take(const std::string& place, const Failure& failure) {
    if (dynamic_cast<const Drop*>(failure.request) != nullptr) {
      last_drop_ = failure.exception;
      ++dropped_;
      return;
    }
    const bool asks_for_the_record =
        failure.request != nullptr &&
        (inners_ == 1 || dynamic_cast<const RetryAfter*>(failure.request) != nullptr);
    if (asks_for_the_record) std::rethrow_exception(failure.exception);
    throw InnerRecordError(place + ": " + failure.cause, failure.exception);
  }

  /// To be called behind the last one: the record is dropped if each of them was.
  void end() const {
    if (last_drop_ && dropped_ == inners_) std::rethrow_exception(last_drop_);
  }

 private:
  std::size_t inners_;
  std::size_t dropped_ = 0;
  std::exception_ptr last_drop_{};
};

/// An awaitable of nothing, of the kind of another awaitable.
template <class Awaitable>
struct AwaitableOf;
template <template <class...> class Kind, class Result, class... More>
struct AwaitableOf<Kind<Result, More...>> {
  using Value = Result;
  using Nothing = Kind<void, More...>;
};

/// A record handler that opens the record and calls the user's handler for each inner record, in order, up to
/// the first that fails: then the service delivers the whole record again. `Envelope` has `Inner`, the type
/// of inner records; `open(record)`, which returns a vector of them, or throws; and `place(index)`, their
/// place in words.
template <class Envelope, class Handler>
class EnvelopeHandler {
 public:
  EnvelopeHandler(Handler handler, Envelope envelope)
      : handler_(std::move(handler)), envelope_(std::move(envelope)) {}

  template <class Record>
  auto operator()(const Record& record, const LambdaContext& context) {
    return call(*this, record, context);
  }

  template <class Record>
  auto operator()(const Record& record, const LambdaContext& context) const {
    return call(*this, record, context);
  }

 private:
  using Inner = typename Envelope::Inner;

  template <class Self, class Record>
  static auto call(Self& self, const Record& record, const LambdaContext& context) {
    constexpr bool opens = requires { self.envelope_.open(record); };
    static_assert(opens,
                  "batchproof: this record has no such records inside: user_records and dynamodb_change open "
                  "Kinesis records, cloudwatch_logs these or user records, the others any text; the outer "
                  "envelope comes first, as in sns_message(s3_notification(handler))");
    constexpr bool fits = takes_first<decltype((self.handler_)), Inner, Record>;
    static_assert(
        fits || !opens,
        "batchproof: a handler of inner records takes (const Inner&), then the record that holds it, "
        "then the const LambdaContext&, the last two if it likes");
    if constexpr (opens && fits) {
      using Result = std::remove_cvref_t<decltype(call_longest(self.handler_, std::declval<const Inner&>(),
                                                               record, context))>;
      if constexpr (Coroutine<Result>) {
        using Awaitable = AwaitableOf<Result>;
        if constexpr (check_result<typename Awaitable::Value>()) {
          return await_each<typename Awaitable::Nothing, typename Awaitable::Value, UserAwait<Result>>(
              self, record, context);
        }
      } else if constexpr (check_result<Result>()) {
        call_each<Result>(self, record, context);
      }
    }
  }

  template <class Result>
  static constexpr bool check_result() {
    static_assert(!LosesFailure<Result>,
                  "batchproof: the result of this handler of inner records would hide a failure; "
                  "throw, or return an outcome with has_value() and error()");
    return !LosesFailure<Result>;
  }

  static constexpr auto drop = [](auto&&) {};

  template <class Result, class Self, class Record>
  static void call_each(Self& self, const Record& record, const LambdaContext& context) {
    const auto inners = self.envelope_.open(record);
    InnerFailures failures(inners.size());
    for (std::size_t index = 0; index < inners.size(); ++index) {
      const auto failure = contain([&]() -> std::optional<Failure> {
        if constexpr (std::is_void_v<Result>) {
          call_longest(self.handler_, inners[index], record, context);
          return std::nullopt;
        } else {
          return settle(call_longest(self.handler_, inners[index], record, context), drop);
        }
      });
      if (failure) failures.take(self.envelope_.place(index), *failure);
    }
    failures.end();
  }

  template <class Nothing, class Value, class Await, class Self, class Record>
  static Nothing await_each(Self& self, const Record& record, const LambdaContext& context) {
    const auto inners = self.envelope_.open(record);
    InnerFailures failures(inners.size());
    for (std::size_t index = 0; index < inners.size(); ++index) {
      std::optional<Failure> failure;
      std::exception_ptr thrown;
      try {
        if constexpr (std::is_void_v<Value>) {
          co_await Await::of(call_longest(self.handler_, inners[index], record, context));
        } else {
          failure =
              settle(co_await Await::of(call_longest(self.handler_, inners[index], record, context)), drop);
        }
      } catch (...) {
        thrown = std::current_exception();
      }
      if (thrown) failure = failure_of_exception(thrown);
      if (failure) failures.take(self.envelope_.place(index), *failure);
    }
    failures.end();
  }

  Handler handler_;
  [[no_unique_address]] Envelope envelope_;
};

template <class Envelope, class Handler>
auto handle_envelopes(Handler&& handler, Envelope envelope = {}) {
  return EnvelopeHandler<Envelope, std::decay_t<Handler>>(std::forward<Handler>(handler),
                                                          std::move(envelope));
}

}  // namespace batchproof::inline v0_1::detail
