#include <algorithm>
#include <batchproof/detail/contain.hpp>
#include <batchproof/effects/run_effect_world.hpp>
#include <exception>
#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <vector>

#include "execution.hpp"

namespace batchproof::effects {
namespace {

using Json = nlohmann::ordered_json;
using std::chrono::milliseconds;

/// The world for the simulator, without the faults that happen inside an invocation, and with changes that
/// have a payload: the handler accepts each of those.
simulator::World outside_of(const EffectWorld& world) {
  simulator::World outside = world.world;
  outside.faults.crash_rate = outside.faults.timeout_rate = outside.faults.flaky_rate = 0;
  outside.has_removals = false;
  return outside;
}

/// Learns from the simulator's trace when it invokes the function, and with how many records.
void note_invocation(EffectRun& run, std::string_view line) {
  if (line.find(R"("what":"invoked")") == std::string_view::npos) return;
  const Json invoked = Json::parse(line);
  const auto messages = invoked.at("messages").get<std::string>();
  run.invoked_at = milliseconds(invoked.at("at").get<milliseconds::rep>());
  run.batch_size = 1 + static_cast<std::size_t>(std::count(messages.begin(), messages.end(), ' '));
}

/// The times at which the event is delivered: one, or more when invocations overlap.
std::vector<milliseconds> draw_starts(EffectRun& run) {
  run.now = std::max(run.now, run.invoked_at);
  std::vector<milliseconds> starts{run.now};
  if (!run.draws_fault(run.world.faults.overlap_rate)) return starts;
  const std::size_t more = 1 + run.random.below(2);
  for (std::size_t number = 0; number < more; ++number) {
    const bool is_soon = run.random.below(2) == 0;
    starts.push_back(run.now + run.draw_below(is_soon ? milliseconds(50) : run.world.world.function_timeout));
  }
  return starts;
}

/// One invocation, with those that overlap it. Returns the answer of the first.
std::string invoke(EffectRun& run, const EffectSubject& subject, std::string_view payload,
                   RecordProbe& probe) {
  const std::vector<milliseconds> starts = draw_starts(run);
  VirtualTime virtual_time(starts);
  std::vector<std::unique_ptr<Execution>> executions;
  std::vector<std::function<void()>> functions;
  std::string response;
  std::optional<Failure> failure;
  for (std::size_t number = 0; number < starts.size(); ++number) {
    executions.push_back(std::make_unique<Execution>(run, virtual_time, number, starts[number],
                                                     number == 0 ? &probe : nullptr));
    functions.emplace_back([&, number] {
      auto own = detail::contain([&]() -> std::optional<Failure> {
        auto own_response = subject(payload, EffectProbe(*executions[number]));
        if (number == 0) response = std::move(own_response);
        return std::nullopt;
      });
      if (number == 0) failure = std::move(own);
    });
  }
  virtual_time.run(functions);
  run.now = virtual_time.now();
  if (executions[0]->has_ended()) throw WorldFault("the function crashed or timed out");
  if (failure) std::rethrow_exception(failure->exception);
  return response;
}

}  // namespace

FinishedEffectWorld run_effect_world(const EffectSubject& subject, IdempotencyStore& store,
                                     const EffectWorld& given, const simulator::TraceSink& trace) {
  EffectWorld world = given;
  const bool has_time = world.world.handler_time.has_value();
  world.world = simulator::with_defaults(world.world);
  // The calls of the store take their part of the function timeout.
  if (!has_time) world.world.handler_time = *world.world.handler_time * 4 / 5;
  EffectRun run(world, store, trace);
  run.finished.finished = simulator::run_world(
      [&](std::string_view payload, RecordProbe& probe) { return invoke(run, subject, payload, probe); },
      outside_of(world),
      [&](std::string_view line) {
        note_invocation(run, line);
        if (trace) trace(line);
      });
  return std::move(run.finished);
}

}  // namespace batchproof::effects
