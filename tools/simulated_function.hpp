#pragma once

#include <batchproof/fixtures/source.hpp>

#include "function_options.hpp"
#include "simulated_subject.hpp"

namespace batchproof::tools {

/// A Lambda function in the simulated world: a process that invocation after invocation meets, until a crash
/// or a time-out, the world's or its own, ends it. The next invocation starts a new process.
///
/// The simulator learns from the answer which records the function handled. It counts each record that is not
/// reported, and the first reported one of each message group or stream, but none behind that. The processes
/// end with the world. Throws `UsageError` where `function_of` does.
SimulatedSubject simulated_function(const FunctionOptions& options, fixtures::Source source);

}  // namespace batchproof::tools
