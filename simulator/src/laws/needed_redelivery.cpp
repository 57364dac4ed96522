#include <batchproof/simulator/laws.hpp>

#include "common.hpp"

namespace batchproof::simulator {
namespace {

std::vector<std::string> unneeded(const FinishedWorld& finished) {
  std::vector<std::string> violations;
  for (const Incident& incident : finished.unneeded_redeliveries) {
    const std::string& failed_because = incident.failed_because;
    violations.push_back(named(finished, incident.message) + " is delivered again after invocation " +
                         std::to_string(incident.invocation) +
                         (failed_because.empty() ? ", and its handler did not fail there"
                                                 : ", which failed as a whole: " + failed_because));
  }
  return violations;
}

}  // namespace

constinit const EndToEndLaw needed_redelivery{
    .id = "needed-redelivery",
    .sentence =
        "A message is delivered again only if its handler failed, an order requires it or the invocation was "
        "disturbed.",
    .aws_page = "Implementing partial batch responses",
    .violations = unneeded,
};

}  // namespace batchproof::simulator
