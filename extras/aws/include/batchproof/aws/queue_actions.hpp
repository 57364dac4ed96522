#pragma once

#include <batchproof/aws/client.hpp>
#include <batchproof/detail/export.hpp>
#include <batchproof/queue_actions.hpp>
#include <string>

namespace batchproof::inline v0_1::aws {

struct QueueActionsOptions {
  /// The queue to which `DeadLetter` sends records; it may end in ".fifo". Left out, `DeadLetter` is an
  /// ordinary failure. The function's role needs sqs:SendMessage for it.
  std::string dead_letter_queue_url{};

  /// The queue whose visibility is changed. Left out, its URL is derived from each message's eventSourceARN.
  /// The function's role needs sqs:ChangeMessageVisibility for it.
  std::string queue_url{};

  /// As `QueueActions::backoff`.
  std::function<std::chrono::milliseconds(const SqsRecord& record)> backoff{};

  ClientOptions client{};
};

/// The name of the attribute that holds the reason of a dead-lettered record.
inline constexpr const char* dead_letter_reason = "DeadLetterReason";

/// Actions that call SQS: ten changes of visibility by one ChangeMessageVisibilityBatch, a dead letter by one
/// SendMessage. Copies share a client; they are safe to use from several threads. An action ends within the
/// time limit that the processor gives it, half of the time until the deadline, and each call within
/// `.client.time_limit`.
///
/// A dead letter has the body and the attributes of its message, and its reason as the attribute
/// `dead_letter_reason`, which replaces an older one. In a FIFO queue it has its message group, or one of its
/// own when it had none, and a deduplication id of its identifier and body: one that is dead-lettered again
/// after a crash is dropped there within five minutes.
///
/// It is not sent, and so remains a failure, when it would exceed AWS's limits with its reason: ten
/// attributes, and 1 MiB of body and attributes (Amazon SQS developer guide, "Amazon SQS message quotas").
BATCHPROOF_EXPORT QueueActions queue_actions(QueueActionsOptions options);

}  // namespace batchproof::inline v0_1::aws
