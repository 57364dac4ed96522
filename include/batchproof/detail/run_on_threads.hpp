#pragma once

// The thread pool of a batch. Not part of the public interface.

#include <batchproof/detail/schedule.hpp>
#include <cstddef>
#include <functional>

namespace batchproof::inline v0_1::detail {

/// Calls `handle` once for each record, as the ordering keys allow, on at most `limit` threads, and returns
/// when all are done. The threads live as long as this call: nothing runs while Lambda has frozen the
/// function. Throws what `handle` threw, when every call that had begun has ended; `std::system_error` when
/// no threads can be started, and then `handle` was never called.
void run_on_threads(OrderingKeys keys, std::size_t limit,
                    const std::function<void(std::size_t record)>& handle);

}  // namespace batchproof::inline v0_1::detail
