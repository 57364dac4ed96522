#pragma once

#include <vector>

#include "verify_subjects.hpp"

namespace batchproof::tools {

/// This library's processors of coroutine handlers, several of which run at once: a run for each source, on
/// random schedules, judged by the laws of concurrency.
std::vector<VerifyRun> concurrent_runs();

}  // namespace batchproof::tools
