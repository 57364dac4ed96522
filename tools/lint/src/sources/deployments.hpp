#pragma once

// Finds the event sources of a template in each deployment that its parameters and conditions allow:
//
//     for (const Candidate& candidate : candidates(context, file)) {
//       const std::vector<Deployment> all = deployments(application, declarations, candidate);
//       std::string when = difference(all, occurrence.deployments);
//     }

#include <batchproof/lint/event_source.hpp>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "sources/context.hpp"

namespace batchproof::lint {

/// A resource that reads from queues or streams, or one event of it that can be read alone.
struct Candidate {
  const Node::Entry* resource = nullptr;
  const Node::Entry* event = nullptr;  ///< null for all of the resource
};

/// The candidates of a template, in its order. Adds notes about parts that are not checked.
std::vector<Candidate> candidates(const Context& context, int file);

/// The event sources of a candidate in one possible deployment.
struct Deployment {
  std::vector<std::pair<Choice, std::string>> choices;  ///< with the chosen values
  std::vector<EventSource> sources;
  std::vector<Note> notes;
  std::set<Choices::Name> defaults;  ///< the parameters whose defaults were used
};

/// A candidate in each deployment that the template allows: with each of a parameter's `AllowedValues`, and
/// with both values of each condition that is known only at deployment. Deployments without the resource are
/// left out. When there are too many, the last choices stay open, and a note names the values that depend on
/// them. `without_default` is a parameter that is read as one without a default.
std::vector<Deployment> deployments(const Application& application, const Declarations& declarations,
                                    const Candidate& candidate,
                                    const std::optional<Choices::Name>& without_default = std::nullopt);

/// Whether both make the same of each choice that both make.
bool agree(const Deployment& one, const Deployment& other);

/// Whether some deployment has both, given the conditions of their resources and the defaults of parameters.
bool exist_together(const Application& application, const EventSource& one, const EventSource& other);

/// The difference between some of the deployments and the others: "Stage is dev"; empty when they are all of
/// them.
std::string difference(const std::vector<Deployment>& all, const std::vector<bool>& some);

}  // namespace batchproof::lint
