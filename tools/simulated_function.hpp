#pragma once

#include <batchproof/fixtures/source.hpp>

#include "function_options.hpp"
#include "simulated_subject.hpp"

namespace batchproof::tools {

/// A Lambda function in the simulated world: one process serves invocation after invocation, until a crash or
/// a time-out, the world's or its own, ends it. The next invocation starts a new process.
///
/// The simulator infers the handled records from the answer: each record that is not reported, and the first
/// reported one of each message group or stream, but none after that. The processes end with the world.
/// Throws `UsageError` as `function_of` does.
SimulatedSubject simulated_function(const FunctionOptions& options, fixtures::Source source);

}  // namespace batchproof::tools
