#pragma once

// The calls to SQS that failure requests need, for programs that do not use those of <batchproof/aws.hpp>:
//
//   const auto send = [](const bp::DeadLetterMessage& message) { my_client.send(message.body); };
//   const bp::QueueActions actions{.send_dead_letter = send};

#include <batchproof/detail/callback.hpp>
#include <batchproof/sqs_record.hpp>
#include <chrono>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace batchproof::inline v0_1 {

/// A message that becomes visible again after the delay.
struct VisibilityChange {
  SqsRecord record;
  std::chrono::seconds delay{};
  std::string error{};  ///< the reason why this change failed; the action sets it

  /// How long the action may take, with all of its changes: half of the time until the deadline of the
  /// invocation, so that the function still answers when the service hangs. Nothing without a deadline.
  std::optional<std::chrono::milliseconds> time_limit{};
};

/// A record for the dead-letter queue. Its texts are views that live as long as the event.
struct DeadLetterMessage {
  std::string_view item_identifier{};
  std::string_view body{};  ///< the message's body; of a stream's record its JSON as the event has it
  std::vector<SqsMessageAttribute> attributes{};          ///< none for a stream's record
  std::optional<std::string_view> message_group_id{};     ///< of a message that has one
  std::string_view reason{};                              ///< never empty; lives as long as the call
  std::optional<std::chrono::milliseconds> time_limit{};  ///< as in `VisibilityChange`, of this message alone
};

/// How a processor does what `RetryAfter` and `DeadLetter` ask for. `<batchproof/aws.hpp>` makes one;
/// users of the AWS SDK fill in functions of their own. A function that is left out means that such a request
/// is an ordinary failure. They may return nothing or an outcome, such as that of a call of the AWS SDK,
/// whose error is as an exception; a function whose result would hide a failure does not compile.
///
/// With `max_concurrency` they are called from several threads. A processor of coroutines calls them on an
/// executor of their own if it was given one; otherwise all of its coroutines wait for them. They take some
/// of the time before the deadline, and should keep to the `time_limit` that they are given: Lambda ends the
/// function at its deadline, and all of the batch comes again.
struct QueueActions {
  /// Changes when messages become visible again (SQS API reference, "ChangeMessageVisibilityBatch"). Called
  /// once, with all that a batch asks for, after its last record and before the failure hooks of these
  /// messages. The messages have failed either way; an error, also a thrown one, is added to their cause.
  detail::Callback<void(std::span<VisibilityChange> changes)> change_visibility{};

  /// Returns when the dead-letter queue has the message. Called when the record failed, before the next one
  /// of its group starts. When it throws, the record is an ordinary failure with both reasons as its cause.
  detail::Callback<void(const DeadLetterMessage& message)> send_dead_letter{};

  /// The delay of a message that failed without a request, such as `exponential(2s, 10min)`. Left out, or
  /// when it throws, such a message becomes visible by the queue's own visibility timeout.
  std::function<std::chrono::milliseconds(const SqsRecord& record)> backoff{};
};

}  // namespace batchproof::inline v0_1
