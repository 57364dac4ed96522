// Smaller worlds are searched, not derived: worlds of few messages with many seeds each, the simplest faults
// first, and then the same world with one fault less at a time.

#include "smallest_world.hpp"

#include <algorithm>
#include <array>
#include <batchproof/simulator/run_world.hpp>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace batchproof::simulator {
namespace {

/// A rare fault would hardly ever happen to few messages.
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
  world.batch_size = std::max<std::size_t>(world.batch_size, 5);
  world.groups = std::min<std::size_t>(world.groups, 2);
  world.stream.shards = world.stream.parallelization_factor = 1;
  world.queue.concurrency = 1;
}

/// Changes that make a world simpler; the strongest change comes first.
constexpr std::array<void (*)(World&), 5> simpler{
    [](World& world) {
      bring_together(world);
      world.faults = {.flaky_rate = 0.5, .flaky_failures = 1};
    },
    [](World& world) {
      bring_together(world);
      world.faults = {.poison = world.faults.poison};
    },
    [](World& world) { bring_together(world); },
    [](World& world) { world.sent_every = std::chrono::milliseconds(0); },
    [](World&) {},
};

/// Changes that each take one fault or option away.
constexpr std::array<void (*)(World&), 15> quieter{
    [](World& world) { world.faults.crash_rate = 0; },
    [](World& world) { world.faults.timeout_rate = 0; },
    [](World& world) { world.faults.lost_response_rate = 0; },
    [](World& world) { world.faults.duplicate_rate = 0; },
    [](World& world) { world.faults.malformed_response_rate = 0; },
    [](World& world) { world.faults.resend_rate = 0; },
    [](World& world) { world.payload_limit = World{}.payload_limit; },
    [](World& world) { world.faults.poison = 0; },
    [](World& world) { world.faults.flaky_rate = 0; },
    [](World& world) { world.groups = 1; },
    [](World& world) { world.stream.shards = 1; },
    [](World& world) { world.stream.parallelization_factor = 1; },
    [](World& world) { world.stream.bisect_on_error = false; },
    [](World& world) { world.queue.concurrency = 1; },
    [](World& world) { world.sent_every = std::chrono::milliseconds(0); },
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
  WorldSearch(const MakeSubject& make_subject, const EndToEndLaw& law)
      : make_subject_(make_subject), law_(law) {}

  /// The world with a seed that violates the law; nothing where the first hundred seeds do not.
  std::optional<World> with_some_seed(World world) {
    constexpr std::uint64_t seeds = 100;
    if (!law_.applies(world)) return std::nullopt;
    for (world.seed = 0; world.seed < seeds && invocations_left_ > 0; ++world.seed) {
      const FinishedWorld finished = run_world(make_subject_(), world);
      invocations_left_ -= std::min(invocations_left_, finished.invocations);
      if (!law_.violations(finished).empty()) return world;
    }
    return std::nullopt;
  }

  std::optional<World> with_fewest_messages(const World& world) {
    constexpr std::size_t few = 12;
    for (std::size_t messages = 1; messages <= std::min(few, world.messages); ++messages) {
      for (const auto make_simpler : simpler) {
        World candidate = with_messages(world, messages);
        make_simpler(candidate);
        if (!can_exist(candidate)) continue;
        if (auto found = with_some_seed(candidate)) return found;
      }
    }
    return std::nullopt;
  }

 private:
  const MakeSubject& make_subject_;
  const EndToEndLaw& law_;
  std::uint64_t invocations_left_ = 200'000;  // a count and no clock: the same search finds the same world
};

}  // namespace

World smallest_world(const MakeSubject& make_subject, const EndToEndLaw& law, const World& found) {
  WorldSearch search(make_subject, law);
  World smallest = found;
  if (auto fewer = search.with_fewest_messages(found)) smallest = *fewer;
  for (const auto make_quieter : quieter) {
    World candidate = smallest;
    make_quieter(candidate);
    if (auto violating = search.with_some_seed(candidate)) smallest = *violating;
  }
  return smallest;
}

}  // namespace batchproof::simulator
