#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>

namespace batchproof::properties {

/// How a child process ended that should have lived on.
struct ChildEnd {
  std::size_t step = 0;  ///< during which it ended
  std::string how;       ///< such as "killed by signal 6 (Aborted): terminate called ..."
};

/// Calls `step(0)`, `step(1)`, ... below `count`, in a copy of this process (fork), so that a step may crash.
/// Nothing that the steps do to memory is seen here, and what they write to the standard error stream is
/// kept back but for its first line. Nothing comes back when all steps returned or threw. Where the system
/// gives no child process it throws `std::system_error`.
std::optional<ChildEnd> run_in_child_process(std::size_t count,
                                             const std::function<void(std::size_t step)>& step);

}  // namespace batchproof::properties
