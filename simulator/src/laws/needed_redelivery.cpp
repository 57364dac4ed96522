#include <batchproof/simulator/laws/needed_redelivery.hpp>

#include "sentences.hpp"

namespace batchproof::simulator {
namespace {

std::vector<std::string> needless_redeliveries(const FinishedWorld& finished) {
  std::vector<std::string> violations;
  for (const Incident& incident : finished.needless) {
    violations.push_back(named(finished, incident.message) + " comes again after invocation " +
                         std::to_string(incident.invocation) + ", and its handler did not fail there");
  }
  return violations;
}

}  // namespace

constinit const LifeLaw needed_redelivery{
    .id = "needed-redelivery",
    .sentence =
        "A message comes again only where its handler failed or an order wants it, or the invocation was "
        "cut short.",
    .aws_page = "Implementing partial batch responses",
    .applies = is_any_source,
    .violations = needless_redeliveries,
};

}  // namespace batchproof::simulator
