#pragma once

#include <batchproof/fixtures/source.hpp>
#include <batchproof/simulator.hpp>
#include <functional>
#include <string>

namespace batchproof::tools {

/// Makes a processor as it is when a function starts, its claims, and how a smaller world is searched for.
struct SimulatedSubject {
  simulator::MakeSubject make;
  fixtures::ProcessorClaims claims;
  simulator::SmallerWorlds smaller{};

  /// Whether the subject ended, or hung, in the search for a smaller world. Empty: it cannot.
  std::function<bool()> has_crashed{};
};

/// This library's processor of the source with these claims, if no name is given; else the processor
/// "broken:NAME", which has claims of its own. Throws `UsageError` for a name that is unknown or of another
/// source.
SimulatedSubject simulated_subject(const std::string& name, fixtures::Source source,
                                   const fixtures::ProcessorClaims& claims);

/// The same processor without partial responses: a failed record fails the batch.
SimulatedSubject failing_as_a_whole(const SimulatedSubject& subject, fixtures::Source source);

}  // namespace batchproof::tools
