#include <algorithm>
#include <batchproof/fixtures/law_named.hpp>
#include <batchproof/simulator/laws.hpp>
#include <batchproof/simulator/simulate.hpp>
#include <stdexcept>
#include <string>
#include <utility>

#include "longest_timeout.hpp"
#include "smallest_world.hpp"
#include "trace_line.hpp"

namespace batchproof::simulator {
namespace {

/// The first violated law, of all laws or of the only one that judges; null when none is violated.
const EndToEndLaw* violated_law(const FinishedWorld& finished, const EndToEndLaw* only_law = nullptr) {
  for (const EndToEndLaw& law : end_to_end_laws()) {
    if (only_law != nullptr && &law != only_law) continue;
    if (law.applies(finished.world) && !law.violations(finished).empty()) return &law;
  }
  return nullptr;
}

/// A function that stops when little time is left would otherwise never start a record.
void leave_time_for(World& world) {
  const auto reserve = world.claims.reserve.value_or(std::chrono::milliseconds(0));
  if (2 * reserve < world.function_timeout) return;
  const auto enough = std::chrono::ceil<std::chrono::seconds>(2 * reserve);
  world.function_timeout = std::min<std::chrono::milliseconds>(enough, longest_timeout(world.source));
  world.queue.visibility_timeout = std::max(world.queue.visibility_timeout, world.function_timeout);
}

SimulationCounterexample counterexample_to(const FunctionUnderTest& function, const EndToEndLaw& law,
                                           const World& world, const SmallerWorlds& smaller) {
  SimulationCounterexample found = smallest_world(function, law, world, smaller);
  FinishedWorld finished;
  for (int tries_left = smaller.new_names ? 3 : 1; tries_left > 0 && found.violations.empty(); --tries_left) {
    if (smaller.new_names) found.smallest.names = smaller.new_names();  // a fault may depend on the names
    found.trace = {};
    finished = run_world(function, found.smallest, sink_of(found.trace));
    found.violations = law.violations(finished);
  }
  found.messages = identifiers_of(finished);
  found.may_be_more = law.may_be_more != nullptr && law.may_be_more(finished);
  return found;
}

/// The law with this id; null for no id.
const EndToEndLaw* only_law_of(std::string_view id) {
  if (id.empty()) return nullptr;
  if (const EndToEndLaw* const law = fixtures::law_named(end_to_end_laws(), id)) return law;
  throw std::invalid_argument("no end-to-end law is named \"" + std::string(id) + "\"");
}

}  // namespace

SimulationReport simulate(const FunctionUnderTest& function, const World& world,
                          const DeliverySink& deliveries, const SmallerWorlds& smaller) {
  FinishedWorld finished = run_world(function, world, {}, deliveries);
  const EndToEndLaw* const law = violated_law(finished);
  if (law == nullptr) return SimulationReport(1, std::move(finished), std::nullopt);
  return SimulationReport(1, std::move(finished), counterexample_to(function, *law, world, smaller));
}

SimulationReport simulate_random_worlds(const FunctionUnderTest& function, fixtures::Source source,
                                        const fixtures::ProcessorClaims& claims,
                                        const RandomWorlds& options) {
  const EndToEndLaw* const only_law = only_law_of(options.law);
  const fixtures::Shard shard = options.shard ? *options.shard : fixtures::shard_of_environment();
  const std::size_t worlds = shard.part_of(options.worlds);
  FinishedWorld finished;
  for (std::size_t nth = 0; nth < worlds; ++nth) {
    World world = random_world(source, options.seed + shard.number(nth), options.most_messages);
    world.claims = claims;
    world.design = options.design;
    leave_time_for(world);
    finished = run_world(function, world);
    if (const EndToEndLaw* const law = violated_law(finished, only_law))
      return SimulationReport(nth + 1, std::move(finished),
                              counterexample_to(function, *law, world, options.smaller), shard, only_law);
  }
  return SimulationReport(worlds, std::move(finished), std::nullopt, shard, only_law);
}

}  // namespace batchproof::simulator
