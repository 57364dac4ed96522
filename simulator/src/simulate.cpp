#include <batchproof/simulator/laws.hpp>
#include <batchproof/simulator/simulate.hpp>
#include <utility>

#include "smallest_world.hpp"

namespace batchproof::simulator {
namespace {

/// The first law that is violated, of all or of the one with this id; null when none is.
const EndToEndLaw* violated_law(const FinishedWorld& finished, std::string_view id = {}) {
  for (const EndToEndLaw& law : end_to_end_laws()) {
    if (!id.empty() && law.id != id) continue;
    if (law.applies(finished.world) && !law.violations(finished).empty()) return &law;
  }
  return nullptr;
}

SimulationCounterexample counterexample_to(const MakeSubject& make_subject, const EndToEndLaw& law,
                                           const World& world) {
  SimulationCounterexample found{
      .law = &law, .found_in = world, .smallest = smallest_world(make_subject, law, world)};
  found.violations = law.violations(run_world(make_subject(), found.smallest));
  found.trace = trace_of(make_subject(), found.smallest);
  return found;
}

}  // namespace

SimulationReport simulate(const MakeSubject& make_subject, const World& world,
                          const DeliverySink& deliveries) {
  FinishedWorld finished = run_world(make_subject(), world, {}, deliveries);
  const EndToEndLaw* const law = violated_law(finished);
  if (law == nullptr) return SimulationReport(1, std::move(finished), std::nullopt);
  return SimulationReport(1, std::move(finished), counterexample_to(make_subject, *law, world));
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
    if (const EndToEndLaw* const law = violated_law(finished, options.law))
      return SimulationReport(number + 1, std::move(finished), counterexample_to(make_subject, *law, world));
  }
  return SimulationReport(options.worlds, std::move(finished), std::nullopt);
}

}  // namespace batchproof::simulator
