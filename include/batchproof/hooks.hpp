#pragma once

#include <batchproof/detail/callback.hpp>
#include <batchproof/status.hpp>

namespace batchproof::inline v0_1 {

/// Called after the handler returned, and before the record counts as done: an exception of it, or the error
/// of an outcome that it returns, fails the record. A hook that returns anything else but a `Kept`, such as a
/// coroutine, does not compile.
template <class Record>
using OnSuccess = detail::Callback<void(const Record& record)>;

/// The processor calls it once for each record that failed, handled or not, and passes the reason. It ignores
/// what the hook throws, so that a hook cannot change the outcome.
template <class Record>
using OnFailure = detail::Callback<void(const Record& record, const Failure& failure)>;

/// The processor calls it once for each record that was dropped or sent to the dead-letter queue, and passes
/// the reason. It ignores what the hook throws.
template <class Record>
using OnSettled = detail::Callback<void(const Record& record, const Failure& reason)>;

}  // namespace batchproof::inline v0_1
