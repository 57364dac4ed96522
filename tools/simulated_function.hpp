#pragma once

#include <batchproof/simulator/world.hpp>

#include "function_options.hpp"
#include "simulated_subject.hpp"

namespace batchproof::tools {

/// A Lambda function in the simulated world: one process serves invocation after invocation, until a crash or
/// a time-out, the world's or its own, ends it, or it ends after an answer, which counts. The next invocation
/// starts a new process.
///
/// The log shows the handled records, if there is an expression for that. Else the simulator infers them from
/// the answer, which `World::calls_are_assumed` must say: each record that is not reported, and the first
/// reported one of each message group or stream, but none of a stream after that, nor of a standard queue
/// whose function claims to stop. When the function fails as a whole on a batch that it must reject as a
/// whole, all of its records count as reported. When it fails as a whole in a world that does not read the
/// answer, or brings all of a batch back by the design `all_or_nothing`, the records up to the first that it
/// must reject count as handled. With `stops_early` what is reported after the first failure does not count
/// as handled. Nor does a record of Kafka that must succeed and is reported beside a failure in another
/// partition. The processes end with the world. Throws `UsageError` as `function_of` does, and
/// `std::invalid_argument` for an invalid expression.
SimulatedSubject simulated_function(const FunctionOptions& options, const simulator::World& world);

}  // namespace batchproof::tools
