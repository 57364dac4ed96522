#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace batchproof::inline v0_1::detail {

/// Whether this process runs under callgrind, to count one invocation rather than to time many.
bool counts_instructions() noexcept;

/// Calls `invoke`, the first time that it is called: a benchmark with repetitions or threads runs more than
/// once. callgrind counts inside this function, which it finds by name.
void counted_invocation(const std::function<std::string(std::string_view)>& invoke, std::string_view payload);

/// The instructions of one invocation of the benchmark of this name, counted in a child process that runs
/// this program again. 0 for a benchmark that makes no counted invocation. Throws `std::runtime_error` with
/// the reason when callgrind does not run.
unsigned long long count_instructions(const std::string& benchmark_name);

}  // namespace batchproof::inline v0_1::detail
