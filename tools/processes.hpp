#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace batchproof::tools {

/// Calls `run(place, job)` for each place below `count`, in copies of this process (fork), one for each job
/// below `jobs`; returns the texts by place. A job takes the next place whenever it is free.
///
/// Throws `std::runtime_error` with what `run` threw, or with how a copy ended early, and then ends the other
/// copies; `std::system_error` where the system gives no process. The copies end with this process, which
/// must have one thread.
std::vector<std::string> texts_of_processes(
    std::size_t count, std::size_t jobs,
    const std::function<std::string(std::size_t place, std::size_t job)>& run);

}  // namespace batchproof::tools
