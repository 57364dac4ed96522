// Searches for smaller worlds instead of deriving them: worlds of few messages with many seeds each, the
// simplest faults and the strictest limits first, and then the same world with one fault or option less at a
// time.

#include "smallest_world.hpp"

#include <algorithm>
#include <array>
#include <batchproof/fixtures/source_info.hpp>
#include <batchproof/simulator/run_world.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace batchproof::simulator {
namespace {

/// A rare fault would hardly ever hit one of few messages.
double more_often(double rate) { return rate == 0 ? 0 : std::max(rate, 0.25); }

World with_messages(World world, std::size_t messages) {
  Faults& faults = world.faults;
  world.messages = messages;
  faults.poison = std::min(faults.poison, (messages + 1) / 2);
  faults.flaky_rate = more_often(faults.flaky_rate);
  faults.duplicate_rate = more_often(faults.duplicate_rate);
  for (double* const rate : {&faults.crash_rate, &faults.timeout_rate, &faults.lost_response_rate,
                             &faults.malformed_response_rate})
    *rate = more_often(*rate);
  return world;
}

/// Makes it likely that few messages arrive in one batch.
void bring_together(World& world) {
  world.sent_every = std::chrono::milliseconds(0);
  world.batch_size.reset();
  world.batch_window.reset();
  world.payload_limit = World{}.payload_limit;
  world.groups = std::min<std::size_t>(world.groups, 2);
  // A batch of Kafka holds all partitions, and some faults need two.
  const std::size_t shards = world.source == fixtures::Source::kafka ? 2 : 1;
  world.stream.shards = std::min(*with_defaults(world).stream.shards, shards);
  world.stream.parallelization_factor = 1;
  world.queue.concurrency = 1;
}

/// A failing message ends after few deliveries, so that many worlds can be tried, and their traces are short.
void limit_deliveries(World& world) {
  world.queue.max_receive_count = std::min<std::uint32_t>(world.queue.max_receive_count.value_or(2), 2);
  int& retries = world.stream.maximum_retry_attempts;
  retries = retries < 0 ? 1 : std::min(retries, 1);
}

/// Keeps messages that no limit ends for the shortest time that the source allows.
void forget_soon(World& world) {
  const auto shortest = fixtures::info_of(world.source).retention.shortest;
  world.faults.heal_after = std::min<std::chrono::milliseconds>(world.faults.heal_after, shortest / 2);
  world.queue.retention = world.stream.retention = shortest;
}

using Simplify = void (*)(World&);

/// Changes that make a world simpler; the strongest change comes first.
constexpr std::array<Simplify, 9> simpler{
    [](World& world) {
      bring_together(world);
      limit_deliveries(world);
      world.faults = {.flaky_rate = 0.5, .flaky_failures = 1};
    },
    [](World& world) {
      bring_together(world);
      limit_deliveries(world);
      world.faults = {.poison = std::max<std::size_t>(world.faults.poison, 1)};
    },
    [](World& world) {
      bring_together(world);
      limit_deliveries(world);
    },
    [](World& world) {  // the second record comes near the deadline
      bring_together(world);
      limit_deliveries(world);
      world.handler_time = world.function_timeout * 99 / 100;
    },
    [](World& world) { limit_deliveries(world); },
    [](World& world) {
      bring_together(world);
      forget_soon(world);
    },
    [](World& world) { bring_together(world); },
    [](World& world) { world.sent_every = std::chrono::milliseconds(0); },
    [](World&) {},
};

/// Changes that each remove one fault, option or limit, or restore its default.
constexpr std::array<Simplify, 23> quieter{
    [](World& world) { world.faults.crash_rate = 0; },
    [](World& world) { world.faults.timeout_rate = 0; },
    [](World& world) { world.faults.lost_response_rate = 0; },
    [](World& world) { world.faults.duplicate_rate = 0; },
    [](World& world) { world.faults.malformed_response_rate = 0; },
    [](World& world) { world.faults.resend_rate = 0; },
    [](World& world) { world.payload_limit = World{}.payload_limit; },
    [](World& world) { world.faults.poison = 0; },
    [](World& world) { world.faults.flaky_rate = 0; },
    [](World& world) { world.faults.flaky_failures = 1; },
    [](World& world) { world.groups = 1; },
    [](World& world) { world.stream.shards = 1; },
    [](World& world) { world.stream.parallelization_factor = 1; },
    [](World& world) { world.stream.bisect_on_error = false; },
    [](World& world) { world.stream.maximum_record_age.reset(); },
    [](World& world) { world.queue.concurrency = 1; },
    [](World& world) { world.sent_every = std::chrono::milliseconds(0); },
    [](World& world) { world.batch_window.reset(); },
    [](World& world) { world.handler_time = World{}.handler_time; },
    [](World& world) {
      world.function_timeout = World{}.function_timeout;
      world.queue.visibility_timeout = Queue{}.visibility_timeout;
    },
    [](World& world) { world.batch_size = std::min(*with_defaults(world).batch_size, world.messages); },
    forget_soon,
    limit_deliveries,
};

bool can_exist(const World& world) {
  try {
    refuse_impossible(world);
    return true;
  } catch (const ImpossibleWorld&) {
    return false;
  }
}

class WorldSearch {
 public:
  WorldSearch(const FunctionUnderTest& function, const EndToEndLaw& law, const SmallerWorlds& smaller)
      : function_(smaller.function ? *smaller.function : function), law_(law), smaller_(smaller) {}

  bool was_cut() const noexcept { return was_cut_; }

  /// The world with a seed that violates the law; nothing when the first seeds do not. Two changes may make
  /// the same world, and some change nothing: each world is tried once.
  std::optional<World> with_some_seed(World world) {
    world.seed = world.names = 0;
    const auto [tried, is_new] = tried_.try_emplace(to_json(world));
    if (is_new) tried->second = try_seeds(world);
    return tried->second;
  }

  std::optional<World> with_fewest_messages(const World& world) {
    for (std::size_t messages = 1; messages <= world.messages; messages += 1 + messages / 12) {
      for (const auto make_simpler : simpler) {
        World candidate = with_messages(world, messages);
        make_simpler(candidate);
        if (auto found = with_some_seed(candidate)) return found;
      }
    }
    return std::nullopt;
  }

  /// The same world with fewer messages and nothing else changed.
  World with_fewer_messages(const World& world) {
    for (std::size_t messages = 1; messages < world.messages; messages += 1 + messages / 12) {
      if (auto found = with_some_seed(with_messages(world, messages))) return *found;
    }
    return world;
  }

 private:
  /// A world with many invocations gets fewer seeds.
  std::optional<World> try_seeds(World world) {
    std::uint64_t invocations_left = 4'000;
    if (was_cut_ || !can_exist(world) || !law_.applies(world)) return std::nullopt;
    if (world.faults.flaky_rate > 0 && !smaller_.may_have_flaky) return std::nullopt;
    for (; world.seed < smaller_.seeds && std::min(invocations_left, invocations_left_) > 0; ++world.seed) {
      if (smaller_.new_names) world.names = smaller_.new_names();
      const FinishedWorld finished = run_world(function_, world);
      was_cut_ = smaller_.are_over && smaller_.are_over();
      if (was_cut_) return std::nullopt;
      for (std::uint64_t* const left : {&invocations_left, &invocations_left_})
        *left -= std::min(*left, finished.invocations);
      if (!law_.violations(finished).empty()) return world;
    }
    return std::nullopt;
  }

  const FunctionUnderTest& function_;
  const EndToEndLaw& law_;
  const SmallerWorlds& smaller_;
  std::map<std::string, std::optional<World>> tried_{};  // by the world as JSON, without seed and names
  bool was_cut_ = false;
  std::uint64_t invocations_left_ = 200'000;  // a count, no clock: the same search finds the same world
};

}  // namespace

SimulationCounterexample smallest_world(const FunctionUnderTest& function, const EndToEndLaw& law,
                                        const World& found, const SmallerWorlds& smaller) {
  WorldSearch search(function, law, smaller);
  World smallest = found;
  if (auto fewer = search.with_fewest_messages(found)) smallest = *fewer;
  for (const auto make_quieter : quieter) {
    World candidate = smallest;
    make_quieter(candidate);
    if (auto violating = search.with_some_seed(candidate)) smallest = *violating;
  }
  smallest = search.with_fewer_messages(smallest);
  return {.law = &law, .found_in = found, .smallest = smallest, .was_search_cut = search.was_cut()};
}

}  // namespace batchproof::simulator
