#pragma once

#include <batchproof/status.hpp>
#include <functional>

namespace batchproof {

/// Called after the handler returned, and before the record counts as done: what it throws fails the record.
template <class Record>
using OnSuccess = std::function<void(const Record& record)>;

/// Called once for every record that failed, those that were never handled too, with the reason. Its
/// exceptions are dropped, so it cannot change the outcome.
template <class Record>
using OnFailure = std::function<void(const Record& record, const Failure& failure)>;

/// Called once for every record that was settled, with the reason: it was dropped, or is in the dead-letter
/// queue. Its exceptions are dropped.
template <class Record>
using OnSettled = std::function<void(const Record& record, const Failure& reason)>;

}  // namespace batchproof
