#pragma once

#include <batchproof/fixtures/source.hpp>

#include "function_options.hpp"
#include "simulated_subject.hpp"

namespace batchproof::tools {

/// A Lambda function in the simulated world: a process that invocation after invocation meets, until a crash
/// or a time-out, the world's or its own, ends it. The next invocation starts a new process.
///
/// What the function did is told by its answer: a record that is not reported was handled, and so was the
/// first one that is reported, of its group or stream; those behind it were not. The processes end with the
/// world. Throws `UsageError` where `function_of` does.
SimulatedSubject simulated_function(const FunctionOptions& options, fixtures::Source source);

}  // namespace batchproof::tools
