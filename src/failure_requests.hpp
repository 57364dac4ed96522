#pragma once

// Carries out the requests of failed records by the user's actions, and catches what those throw.

#include <batchproof/detail/deadline_guard.hpp>
#include <batchproof/detail/record_types.hpp>
#include <batchproof/queue_actions.hpp>
#include <batchproof/status.hpp>
#include <chrono>
#include <optional>
#include <span>

namespace batchproof::inline v0_1::detail {

/// Drops the record or sends it to the dead-letter queue, if the failure requests that. Returns true when it
/// is settled. When it could not be sent, the failure's cause says so.
template <class Record>
bool try_settle(const Record& record, Failure& failure, const QueueActions& actions,
                const DeadlineGuard& deadline);

#define BATCHPROOF_DECLARE(Record)                                                                     \
  extern template bool try_settle(const Record& record, Failure& failure, const QueueActions& actions, \
                                  const DeadlineGuard& deadline);
BATCHPROOF_FOR_EACH_RECORD_TYPE(BATCHPROOF_DECLARE)
#undef BATCHPROOF_DECLARE

/// The delay after which the message becomes visible again; nothing when the queue decides.
std::optional<std::chrono::seconds> retry_delay(const SqsRecord& record, const Failure& failure,
                                                const QueueActions& actions);

/// Makes the changes, and sets `error` in those that failed.
void change_visibility(const QueueActions& actions, std::span<VisibilityChange> changes,
                       const DeadlineGuard& deadline);

}  // namespace batchproof::inline v0_1::detail
