#include "record_overtakings.hpp"

#include <batchproof/fixtures/source.hpp>
#include <cstddef>
#include <map>
#include <optional>

namespace batchproof::simulator {
namespace {

bool must_stop_at_failure(const World& world) {
  const bool is_fifo = fixtures::is_fifo_queue(world.source);
  return is_fifo || (fixtures::is_pipe(world.source) && fixtures::has_shards(world.source) &&
                     world.claims.stop_on_first_failure);
}

}  // namespace

void record_overtakings(Simulation& simulation, const Invocation& invocation) {
  const World& world = simulation.world;
  if (!must_stop_at_failure(world)) return;
  auto& overtakings = simulation.finished.overtakings;
  // Where the answers alone are known, one of another group counts too, if the group itself has none.
  const bool stops_all = world.calls_are_assumed && !world.claims.skip_group_on_error;
  std::map<std::size_t, std::size_t> failed;  // the first of each group
  std::optional<std::size_t> first_of_all;
  for (std::size_t place = 0; place < invocation.messages.size(); ++place) {
    const std::size_t number = invocation.messages[place];
    const std::size_t group = simulation.message(number).group;
    if (invocation.returns(place)) {
      if (simulation.message(number).successes > 0) continue;
      failed.try_emplace(group, number);
      if (!first_of_all) first_of_all = number;
      continue;
    }
    const auto first = failed.find(group);
    std::optional<std::size_t> before = first != failed.end() ? std::optional(first->second) : std::nullopt;
    if (!before && stops_all) before = first_of_all;
    if (before && overtakings.size() < most_incidents)
      overtakings.push_back({.message = number, .failed = *before, .invocation = invocation.number});
  }
}

}  // namespace batchproof::simulator
