#include <batchproof/simulator/run_world.hpp>
#include <utility>

#include "send_messages.hpp"
#include "simulation.hpp"

namespace batchproof::simulator {
namespace {

/// Refused before anything is made of it.
const World& possible(const World& world) {
  refuse_impossible(world);
  return world;
}

/// FNV-1a, line by line: three lines, as in the regressions of the kit, which this component does not see.
std::uint64_t hash_on(std::uint64_t hash, std::string_view text) {
  for (const char character : text) hash = (hash ^ static_cast<unsigned char>(character)) * 1099511628211U;
  return hash;
}

}  // namespace

Simulation::Simulation(const fixtures::Subject& function, const World& wanted, const TraceSink& lines,
                       const DeliverySink& settled)
    : subject(function),
      world(possible(wanted)),
      trace(lines),
      deliveries(settled),
      random(wanted.seed),
      writer(wanted) {
  finished.world = wanted;
  finished.messages = send_messages(world, random);
}

void Simulation::end(std::size_t number, Fate fate, std::string_view why) {
  message(number).fate = fate;
  message(number).ended_at = now;
  if (!is_traced()) return;
  const std::string_view done = fixtures::is_stream(world.source) ? "passed" : "deleted";
  TraceLine line = tell(fate == Fate::done ? done : name(fate), number);
  if (!why.empty()) line.text("why", why);
}

TraceLine Simulation::tell(std::string_view what, std::size_t number) const {
  return TraceLine(trace, now, what, finished.messages[number].identifier);
}

void note(std::vector<Incident>& incidents, std::size_t message, std::uint64_t invocation) {
  constexpr std::size_t enough = 100;
  if (incidents.size() < enough) incidents.push_back({message, invocation});
}

FinishedWorld run_world(const fixtures::Subject& subject, const World& world, const TraceSink& trace,
                        const DeliverySink& deliveries) {
  Simulation simulation(subject, world, trace, deliveries);
  if (trace) trace(R"({"world":)" + to_json(world) + '}');
  switch (world.source) {
    case fixtures::Source::sqs:
      run_standard_queue(simulation);
      break;
    case fixtures::Source::sqs_fifo:
      run_fifo_queue(simulation);
      break;
    case fixtures::Source::kinesis:
    case fixtures::Source::dynamodb:
      run_stream(simulation);
      break;
  }
  simulation.finished.at_rest = !simulation.is_over();
  simulation.finished.ended_at = simulation.now;
  if (trace) TraceLine(trace, simulation.now, simulation.finished.at_rest ? "at_rest" : "stopped");
  return std::move(simulation.finished);
}

Trace trace_of(const fixtures::Subject& subject, const World& world) {
  Trace trace{.hash = 14695981039346656037U};
  run_world(subject, world, [&trace](std::string_view line) {
    trace.hash = hash_on(hash_on(trace.hash, line), "\n");
    trace.lines.emplace_back(line);
  });
  return trace;
}

}  // namespace batchproof::simulator
