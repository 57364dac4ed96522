#include <batchproof/simulator/simulate.hpp>
#include <utility>

#include "smallest_world.hpp"

namespace batchproof::simulator {
namespace {

/// The first law that the world breaks, or the one of this id; null when it keeps them.
const LifeLaw* broken_law_of(const FinishedWorld& finished, std::string_view id = {}) {
  for (const LifeLaw& law : life_laws()) {
    if (!id.empty() && law.id != id) continue;
    if (law.applies(finished.world) && !law.violations(finished).empty()) return &law;
  }
  return nullptr;
}

BrokenLife explain(const MakeSubject& make_subject, const LifeLaw& law, const World& world) {
  BrokenLife broken{.law = &law, .found_in = world, .smallest = smallest_world(make_subject, law, world)};
  broken.violations = law.violations(run_world(make_subject(), broken.smallest));
  broken.trace = trace_of(make_subject(), broken.smallest);
  return broken;
}

}  // namespace

SimulationReport simulate(const MakeSubject& make_subject, const World& world,
                          const DeliverySink& deliveries) {
  FinishedWorld finished = run_world(make_subject(), world, {}, deliveries);
  const LifeLaw* const law = broken_law_of(finished);
  if (law == nullptr) return SimulationReport(1, std::move(finished), std::nullopt);
  return SimulationReport(1, std::move(finished), explain(make_subject, *law, world));
}

SimulationReport simulate(const fixtures::Subject& subject, const World& world) {
  return simulate(MakeSubject([&subject] { return subject; }), world);
}

SimulationReport simulate_random_worlds(const MakeSubject& make_subject, fixtures::Source source,
                                        const fixtures::ProcessorClaims& claims,
                                        const RandomWorlds& options) {
  FinishedWorld finished;
  for (std::size_t number = 0; number < options.worlds; ++number) {
    World world = random_world(source, options.seed + number, options.most_messages);
    world.claims = claims;
    finished = run_world(make_subject(), world);
    if (const LifeLaw* const law = broken_law_of(finished, options.law))
      return SimulationReport(number + 1, std::move(finished), explain(make_subject, *law, world));
  }
  return SimulationReport(options.worlds, std::move(finished), std::nullopt);
}

}  // namespace batchproof::simulator
