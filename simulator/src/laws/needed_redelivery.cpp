#include <batchproof/simulator/laws.hpp>

#include "common.hpp"

namespace batchproof::simulator {
namespace {

std::vector<std::string> unneeded(const FinishedWorld& finished) {
  std::vector<std::string> violations;
  for (const Incident& incident : finished.unneeded_redeliveries) {
    violations.push_back(named(finished, incident.message) + " is delivered again after invocation " +
                         std::to_string(incident.invocation) + ", and its handler did not fail there");
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
