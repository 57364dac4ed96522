#pragma once

// Does what failed records ask for by the user's actions, and contains what these throw.

#include <batchproof/detail/record_types.hpp>
#include <batchproof/queue_actions.hpp>
#include <batchproof/status.hpp>
#include <chrono>
#include <optional>
#include <span>

namespace batchproof::detail {

/// Drops the record or sends it to the dead-letter queue, if the failure asks for that. Returns true when it
/// is settled. When it could not be sent, the failure's cause then says that too.
template <class Record>
bool try_settle(const Record& record, Failure& failure, const QueueActions& actions);

#define BATCHPROOF_DECLARE(Record) \
  extern template bool try_settle(const Record& record, Failure& failure, const QueueActions& actions);
BATCHPROOF_FOR_EACH_RECORD_TYPE(BATCHPROOF_DECLARE)
#undef BATCHPROOF_DECLARE

/// When the message shall become visible again; nothing when the queue decides.
std::optional<std::chrono::seconds> retry_delay(const SqsRecord& record, const Failure& failure,
                                                const QueueActions& actions);

/// Makes the changes. Those that failed have an error then.
void change_visibility(const QueueActions& actions, std::span<VisibilityChange> changes);

}  // namespace batchproof::detail
