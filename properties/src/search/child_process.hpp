#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>

namespace batchproof::properties {

/// How a child process ended that should have survived.
struct ChildEnd {
  std::size_t step = 0;   ///< the step during which it ended
  std::size_t parts = 0;  ///< the parts of this step that had begun, which are its calls of `allow`
  std::string how{};      ///< such as "killed by signal 6 (Aborted): terminate called ..."
};

/// To draw a case is the work of the kit and of generators of the user. It takes seconds where many processes
/// share a core.
inline constexpr std::chrono::milliseconds drawing_limit = std::chrono::minutes(1);

/// Begins a part of a step, and sets how long it may take.
using AllowTime = std::function<void(std::chrono::milliseconds limit)>;

/// Called with the step that runs, now and then while a child process is waited for.
using Waits = std::function<void(std::size_t step)>;

/// Calls `step(0, allow)`, `step(1, allow)`, ... below `count`, in a copy of this process (fork), so that a
/// step may crash or hang. A step has a minute unless it calls `allow`; a child process that takes longer is
/// killed. The child ends with its parent.
///
/// Changes of memory and output of the steps stay in the child, except the first line on the standard error
/// of a child process that ended. Returns nothing when all steps returned or threw. Throws
/// `std::system_error` when the system provides no child process. Only a process that `may_be_copied` must
/// call it.
std::optional<ChildEnd> run_in_child_process(
    std::size_t count, const std::function<void(std::size_t step, const AllowTime& allow)>& step,
    const Waits& waits = {});

/// The text that `make` returns in a copy of this process. Nothing when the copy ended or hung, `make` threw,
/// or the system provides no sockets. Otherwise as `run_in_child_process`.
std::optional<std::string> text_made_in_child_process(
    const std::function<std::string(const AllowTime& allow)>& make);

/// How a process ended, by its status as `waitpid` gives it, and that it was killed after this time.
std::string describe_end(int status);
std::string describe_hang(std::chrono::milliseconds limit);

/// True when `how` is about a step that took too long.
bool is_of_a_hang(const std::string& how);

/// False when a copy of this process would wait for other threads, which it lacks, or would share a
/// connection to another program, in which its calls and those of this process are mixed up. As far as the
/// system can tell.
bool may_be_copied();

/// In a child process: ends it when its parent ends, and keeps it from writing a core file.
void end_with_parent();

}  // namespace batchproof::properties
