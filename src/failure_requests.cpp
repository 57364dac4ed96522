// Carries out the requests of failed records. The actions are user code; when one fails, its request becomes
// an ordinary failure.

#include <algorithm>
#include <batchproof/batch.hpp>
#include <batchproof/detail/contain.hpp>
#include <stdexcept>
#include <string>
#include <type_traits>

#include "event_text.hpp"
#include "failure_requests.hpp"
#include "fields.hpp"
#include "record_text.hpp"

namespace batchproof::inline v0_1 {
namespace {

using std::chrono::seconds;

/// SQS API reference, "ChangeMessageVisibility": 12 hours from the receipt of the message.
constexpr seconds longest_delay = std::chrono::hours(12) - std::chrono::minutes(20);

seconds allowed_delay(std::chrono::milliseconds delay) {
  return std::clamp(std::chrono::ceil<seconds>(delay), seconds(0), longest_delay);
}

std::string retry_text(seconds delay, const std::string& reason) {
  return "retry after " + std::to_string(delay.count()) + " s" + (reason.empty() ? "" : ": " + reason);
}

}  // namespace

RetryAfter::RetryAfter(std::chrono::milliseconds delay, const std::string& reason)
    : FailureRequest(retry_text(allowed_delay(delay), reason)), delay_(allowed_delay(delay)) {}

namespace detail {

namespace {

/// Throws `RecordError` for attributes that cannot be read.
template <class Record>
DeadLetterMessage dead_letter_message(const Record& record, std::string_view reason,
                                      std::optional<std::chrono::milliseconds> time_limit) {
  DeadLetterMessage message{
      .item_identifier = record.item_identifier(), .reason = reason, .time_limit = time_limit};
  if constexpr (std::is_same_v<Record, SqsRecord>) {
    message.body = record.body();
    message.attributes = record.message_attributes();
    message.message_group_id = record.message_group_id();
  } else {
    message.body = RecordText::json(record);
  }
  return message;
}

}  // namespace

template <class Record>
bool try_settle(const Record& record, Failure& failure, const QueueActions& actions,
                const DeadlineGuard& deadline) {
  if (dynamic_cast<const Drop*>(failure.request) != nullptr) return true;
  if (dynamic_cast<const DeadLetter*>(failure.request) == nullptr || !actions.send_dead_letter) return false;
  const auto not_sent = contain([&]() -> std::optional<Failure> {
    actions.send_dead_letter(dead_letter_message(record, failure.cause, deadline.time_of_a_call()));
    return std::nullopt;
  });
  if (not_sent) failure.cause += "; not sent to the dead-letter queue: " + not_sent->cause;
  return !not_sent;
}

#define BATCHPROOF_INSTANTIATE(Record)                                                          \
  template bool try_settle(const Record& record, Failure& failure, const QueueActions& actions, \
                           const DeadlineGuard& deadline);
BATCHPROOF_FOR_EACH_RECORD_TYPE(BATCHPROOF_INSTANTIATE)
#undef BATCHPROOF_INSTANTIATE

std::optional<seconds> retry_delay(const SqsRecord& record, const Failure& failure,
                                   const QueueActions& actions) {
  if (!actions.change_visibility) return std::nullopt;
  if (const auto* const retry = dynamic_cast<const RetryAfter*>(failure.request)) return retry->delay();
  if (failure.request != nullptr || !actions.backoff) return std::nullopt;
  std::optional<seconds> delay;
  contain([&]() -> std::optional<Failure> {
    delay = allowed_delay(actions.backoff(record));
    return std::nullopt;
  });
  return delay;
}

void change_visibility(const QueueActions& actions, std::span<VisibilityChange> changes,
                       const DeadlineGuard& deadline) {
  const auto not_changed = contain([&]() -> std::optional<Failure> {
    const auto time_limit = deadline.time_of_a_call();
    for (VisibilityChange& change : changes) change.time_limit = time_limit;
    actions.change_visibility(changes);
    return std::nullopt;
  });
  if (!not_changed) return;
  for (VisibilityChange& change : changes) {
    if (change.error.empty()) change.error = not_changed->cause;
  }
}

}  // namespace detail
}  // namespace batchproof::inline v0_1
