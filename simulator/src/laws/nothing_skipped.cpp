#include <batchproof/simulator/laws.hpp>

#include "common.hpp"

namespace batchproof::simulator {
namespace {

bool has_checkpoints(const World& world) {
  return fixtures::has_shards(world.source) && !fixtures::is_pipe(world.source);
}

std::vector<std::string> skipped_records(const FinishedWorld& finished) {
  std::vector<std::string> violations;
  for (const Incident& incident : finished.skipped) {
    violations.push_back("the checkpoint of invocation " + std::to_string(incident.invocation) + " passes " +
                         named(finished, incident.message) + ", for which no handler had returned normally");
  }
  return violations;
}

bool are_skipped_cut(const FinishedWorld& finished) { return finished.skipped.size() >= most_incidents; }

}  // namespace

constinit const EndToEndLaw nothing_skipped{
    .id = "nothing-skipped",
    .sentence = "Streams: every record before an accepted checkpoint was handled.",
    .aws_page = "Configuring partial batch response with Kinesis Data Streams and Lambda",
    .applies = has_checkpoints,
    .violations = skipped_records,
    .is_about_loss = true,
    .may_be_more = are_skipped_cut,
};

}  // namespace batchproof::simulator
