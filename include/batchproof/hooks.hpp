#pragma once

#include <batchproof/status.hpp>
#include <functional>

namespace batchproof {

/// Called after the handler returned, and before the record counts as done: what it throws fails the record.
template <class Record>
using OnSuccess = std::function<void(const Record& record)>;

/// Called once for every record that failed, with the reason; also for a record that was never handled. The
/// processor ignores what it throws, so it cannot change the outcome.
template <class Record>
using OnFailure = std::function<void(const Record& record, const Failure& failure)>;

/// Called once for every settled record, with the reason. A settled record was dropped, or sent to the
/// dead-letter queue. The processor ignores what it throws.
template <class Record>
using OnSettled = std::function<void(const Record& record, const Failure& reason)>;

}  // namespace batchproof
