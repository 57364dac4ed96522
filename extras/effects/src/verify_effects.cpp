#include <algorithm>
#include <array>
#include <batchproof/effects/run_effect_world.hpp>
#include <batchproof/effects/verify_effects.hpp>
#include <batchproof/properties/replay.hpp>
#include <batchproof/properties/settings.hpp>
#include <chrono>
#include <utility>

namespace batchproof::effects {
namespace {

/// Changes that each remove one fault.
constexpr std::array<void (*)(EffectWorld&), 11> quieter{
    [](EffectWorld& world) { world.faults.overlap_rate = 0; },
    [](EffectWorld& world) { world.world.faults.crash_rate = 0; },
    [](EffectWorld& world) { world.world.faults.timeout_rate = 0; },
    [](EffectWorld& world) { world.faults.store_failure_rate = 0; },
    [](EffectWorld& world) { world.faults.store_lost_answer_rate = 0; },
    [](EffectWorld& world) { world.world.faults.flaky_rate = 0; },
    [](EffectWorld& world) { world.world.faults.lost_response_rate = 0; },
    [](EffectWorld& world) { world.world.faults.malformed_response_rate = 0; },
    [](EffectWorld& world) { world.world.faults.duplicate_rate = 0; },
    [](EffectWorld& world) { world.faults.slow_rate = 0; },
    [](EffectWorld& world) { world.faults.clock_skew = std::chrono::milliseconds(0); },
};

/// The world with few messages, likely in one batch, and more frequent faults.
EffectWorld with_messages(EffectWorld world, std::size_t messages) {
  const auto more_often = [](double& rate) { rate = rate == 0 ? 0 : std::max(rate, 0.25); };
  simulator::World& outside = world.world;
  for (double* const rate :
       {&outside.faults.crash_rate, &outside.faults.timeout_rate, &outside.faults.flaky_rate,
        &outside.faults.lost_response_rate, &outside.faults.malformed_response_rate,
        &outside.faults.duplicate_rate, &world.faults.overlap_rate})
    more_often(*rate);
  outside.messages = messages;
  outside.groups = outside.queue.concurrency = outside.stream.parallelization_factor = 1;
  outside.stream.shards = 1;
  outside.sent_every = std::chrono::milliseconds(0);
  outside.batch_size = std::max<std::size_t>(outside.batch_size.value_or(3), 3);
  outside.payload_limit = simulator::World{}.payload_limit;
  outside.faults.resend_rate = 0;
  return world;
}

class WorldSearch {
 public:
  WorldSearch(const EffectSubject& subject, IdempotencyStore& store, const EffectLaw& law)
      : subject_(subject), store_(store), law_(law) {}

  EffectWorld smallest(const EffectWorld& found) const {
    constexpr std::size_t few = 4;
    EffectWorld smallest = found;
    for (std::size_t messages = 1; messages <= std::min(few, found.world.messages); ++messages) {
      if (const auto smaller = with_some_seed(with_messages(found, messages))) {
        smallest = *smaller;
        break;
      }
    }
    for (const auto make_quieter : quieter) {
      EffectWorld candidate = smallest;
      make_quieter(candidate);
      if (const auto violating = with_some_seed(candidate)) smallest = *violating;
    }
    return smallest;
  }

 private:
  std::optional<EffectWorld> with_some_seed(EffectWorld world) const {
    constexpr std::uint64_t seeds = 60;
    for (world.world.seed = 0; world.world.seed < seeds; ++world.world.seed) {
      if (!law_.violations(run_effect_world(subject_, store_, world)).empty()) return world;
    }
    return std::nullopt;
  }

  const EffectSubject& subject_;
  IdempotencyStore& store_;
  const EffectLaw& law_;
};

EffectCounterexample counterexample_to(const EffectLaw& law, const EffectSubject& subject,
                                       IdempotencyStore& store, const EffectWorld& world) {
  EffectCounterexample found{
      .law = &law, .found_in = world, .smallest = WorldSearch(subject, store, law).smallest(world)};
  const FinishedEffectWorld finished = run_effect_world(
      subject, store, found.smallest, [&](std::string_view line) { found.trace.lines.emplace_back(line); });
  found.violations = law.violations(finished);
  found.messages = simulator::identifiers_of(finished.finished);
  return found;
}

}  // namespace

EffectReport verify_effects(const EffectSubject& subject, IdempotencyStore& store, fixtures::Source source,
                            const VerifyEffectsOptions& options, std::span<const EffectLaw> laws) {
  const auto settings =
      properties::resolve_settings(options.worlds, options.seed, std::chrono::milliseconds(0));
  const auto report = [&](int worlds, EffectCounterexample found) {
    return EffectReport(worlds, settings.seed,
                        properties::replay_command(settings.seed, settings.cases, settings.shard),
                        std::move(found));
  };
  const int worlds = static_cast<int>(settings.shard.part_of(static_cast<std::size_t>(settings.cases)));
  for (int nth = 0; nth < worlds; ++nth) {
    const std::uint64_t world_seed = settings.seed + settings.shard.number(static_cast<std::size_t>(nth));
    EffectWorld world = random_effect_world(source, world_seed, options.most_messages, options.longest_claim);
    world.world.accepted = options.accepted.examples(world_seed);
    const FinishedEffectWorld finished = run_effect_world(subject, store, world);
    for (const EffectLaw& law : laws) {
      if (!law.violations(finished).empty())
        return report(nth + 1, counterexample_to(law, subject, store, world));
    }
  }
  return report(worlds, {});
}

}  // namespace batchproof::effects
