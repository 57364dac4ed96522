#include <batchproof/fixtures/hash.hpp>
#include <batchproof/fixtures/source_info.hpp>
#include <batchproof/simulator/run_world.hpp>
#include <utility>

#include "record_unneeded_redelivery.hpp"
#include "simulation.hpp"

namespace batchproof::simulator {
namespace {

/// Throws before any part of the simulation is built from the world.
World possible(const World& world) {
  refuse_impossible(world);
  return with_defaults(world);
}

}  // namespace

Simulation::Simulation(const FunctionUnderTest& function, const World& wanted, const TraceSink& lines,
                       const DeliverySink& ended)
    : world(possible(wanted)),
      trace(lines),
      deliveries(ended),
      random(world.seed),
      writer(world),
      instance(function) {
  finished.world = world;
  finished.messages = send_messages(world, random);
}

void Simulation::end(std::size_t number, Disposition disposition, std::string_view why,
                     std::optional<std::uint32_t> invoke_count) {
  message(number).disposition = disposition;
  message(number).ended_at = now;
  if (!is_traced()) return;
  const std::string_view done = fixtures::has_shards(world.source) ? "passed" : "deleted";
  TraceLine line = trace_line(disposition == Disposition::done ? done : name(disposition), number);
  if (!why.empty()) line.text("why", why);
  if (invoke_count) line.number("approximate_invoke_count", *invoke_count);
}

TraceLine Simulation::trace_line(std::string_view what, std::size_t number) const {
  return TraceLine(trace, now, what, finished.messages[number].identifier);
}

FinishedWorld run_world(const FunctionUnderTest& function, const World& world, const TraceSink& trace,
                        const DeliverySink& deliveries) {
  Simulation simulation(function, world, trace, deliveries);
  if (trace) trace(R"({"world":)" + to_json(world) + '}');
  switch (fixtures::info_of(world.source).delivery) {
    case fixtures::DeliveryKind::queue:
      run_standard_queue(simulation);
      break;
    case fixtures::DeliveryKind::fifo_queue:
      run_fifo_queue(simulation);
      break;
    case fixtures::DeliveryKind::stream:
    case fixtures::DeliveryKind::partitions:
      run_stream(simulation);
      break;
  }
  record_claims_that_stay(simulation);
  simulation.finished.at_rest = !simulation.is_over();
  simulation.finished.ended_at = simulation.now;
  if (trace) TraceLine(trace, simulation.now, simulation.finished.at_rest ? "at_rest" : "stopped");
  return std::move(simulation.finished);
}

TraceSink sink_of(Trace& trace) {
  trace = {.hash = fixtures::empty_hash};
  return [&trace](std::string_view line) {
    trace.hash = fixtures::hash_on(fixtures::hash_on(trace.hash, line), "\n");
    trace.lines.emplace_back(line);
  };
}

Trace trace_of(const FunctionUnderTest& function, const World& world) {
  Trace trace;
  run_world(function, world, sink_of(trace));
  return trace;
}

}  // namespace batchproof::simulator
