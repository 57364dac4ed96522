#include <batchproof/simulator/laws/needed_redelivery.hpp>

#include "sentences.hpp"

namespace batchproof::simulator {
namespace {

std::vector<std::string> needless_redeliveries(const FinishedWorld& finished) {
  std::vector<std::string> violations;
  for (const Incident& incident : finished.needless) {
    violations.push_back(named(finished, incident.message) + " was handled in invocation " +
                         std::to_string(incident.invocation) + ", and is to be delivered again");
  }
  return violations;
}

}  // namespace

constinit const LifeLaw needed_redelivery{
    .id = "needed-redelivery",
    .sentence = "What was handled and answered for comes again only on a stream, behind a failure.",
    .aws_page = "Implementing partial batch responses",
    .applies = is_any_source,
    .violations = needless_redeliveries,
};

}  // namespace batchproof::simulator
