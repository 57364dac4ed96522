#pragma once

#include <batchproof/simulator.hpp>
#include <string>

#include "simulated_subject.hpp"

namespace batchproof::tools {

/// Prints the trace of the world, one JSON object a line.
void print_trace(const SimulatedSubject& subject, simulator::World world);

/// Runs the world of a trace again, which is read from a file or, for -, from the standard input, and prints
/// the first line that differs. Returns the exit status: 0 when none does, 1 otherwise. Throws `UsageError`
/// for a file that is not a trace, or whose world AWS does not allow.
int replay_trace(const std::string& path, const std::string& subject_name,
                 const fixtures::ProcessorClaims& claims);

}  // namespace batchproof::tools
