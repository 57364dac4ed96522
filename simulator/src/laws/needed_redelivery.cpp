#include <batchproof/simulator/laws.hpp>

#include "common.hpp"

namespace batchproof::simulator {
namespace {

std::vector<std::string> unneeded(const FinishedWorld& finished) {
  std::vector<std::string> violations;
  const bool is_assumed = finished.world.calls_are_assumed;
  for (const Incident& incident : finished.unneeded_redeliveries) {
    const std::string& failed_because = incident.failed_because;
    const std::string not_needed = is_assumed               ? ", though the function must accept it"
                                   : incident.stays_claimed ? ", and its handler was not called there, nor "
                                                              "ever again after an instance ended with it"
                                                            : ", and its handler did not fail there";
    violations.push_back(
        named(finished, incident.message) + " is delivered again after invocation " +
        std::to_string(incident.invocation) +
        (failed_because.empty() ? not_needed : ", which failed as a whole: " + failed_because));
  }
  return violations;
}

bool are_redeliveries_cut(const FinishedWorld& finished) {
  return finished.unneeded_redeliveries.size() >= most_incidents;
}

}  // namespace

constinit const EndToEndLaw needed_redelivery{
    .id = "needed-redelivery",
    .sentence =
        "A message is delivered again only if its handler failed, an order requires it or the invocation was "
        "disturbed.",
    .aws_page = "Implementing partial batch responses",
    .violations = unneeded,
    .may_be_more = are_redeliveries_cut,
};

}  // namespace batchproof::simulator
