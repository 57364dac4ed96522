#include "record_unneeded_redelivery.hpp"

#include <algorithm>
#include <batchproof/fixtures/source.hpp>
#include <chrono>
#include <cstddef>
#include <set>
#include <utility>
#include <vector>

namespace batchproof::simulator {
namespace {

/// True when the function may leave records unhandled: by its design, or because the deadline is near.
bool may_leave_records(const World& world, const Invocation& invocation) {
  const auto reserve = world.claims.reserve.value_or(world.function_timeout / 2);
  return world.design.stops_early || invocation.time_left < reserve;
}

/// A function that is known by its answers alone, and that fails too early, reports what must fail behind it
/// too. Kept as incidents, these would take the places of those that violate the law.
void add_unneeded(Simulation& simulation, const Invocation& invocation, std::size_t place) {
  const bool is_whole_batch = !invocation.complete_failure.value_or("").empty();
  const bool must_fail = simulation.message(invocation.messages[place]).is_poison();
  if (simulation.world.calls_are_assumed && !is_whole_batch && must_fail) return;
  add_incident(simulation.finished.unneeded_redeliveries, incident_of(invocation, place));
}

/// True when the message at this place is refused: it comes again without a call of its handler, and a claim
/// of an instance that ended may be the reason.
bool is_refused(const Simulation& simulation, const Invocation& invocation, std::size_t place) {
  return !invocation.tried[place] && invocation.returns(place) &&
         simulation.left_claims.contains(invocation.messages[place]);
}

/// A claim may last as long as an invocation, or a minute. A longer one is right if the handler is called
/// after it.
void note_refusal(Simulation& simulation, const Invocation& invocation, std::size_t place) {
  constexpr std::chrono::milliseconds usual = std::chrono::minutes(1);
  LeftClaim& claim = simulation.left_claims.at(invocation.messages[place]);
  const bool may_last =
      invocation.began_at < claim.since + std::max(simulation.world.function_timeout, usual);
  if (may_last || claim.refusal) return;
  claim.refusal = incident_of(invocation, place);
  claim.refusal->stays_claimed = true;
}

/// True when all of the batch must come again since a record failed or was refused: by the function's design,
/// or since the service reads no response, so that the function must fail as a whole.
bool takes_all_back(Simulation& simulation, const Invocation& invocation) {
  const World& world = simulation.world;
  if (!world.design.all_or_nothing && world.report_batch_item_failures) return false;
  if (invocation.tried != invocation.succeeded) return true;
  bool has_refusal = false;
  for (std::size_t place = 0; place < invocation.messages.size(); ++place) {
    if (!is_refused(simulation, invocation, place)) continue;
    if (!may_leave_records(world, invocation)) note_refusal(simulation, invocation, place);
    has_refusal = true;
  }
  return has_refusal;
}

}  // namespace

void record_unneeded_redelivery_of_listed(Simulation& simulation, const Invocation& invocation) {
  const World& world = simulation.world;
  if (invocation.was_disturbed || takes_all_back(simulation, invocation)) return;
  const bool may_leave = may_leave_records(world, invocation);
  const bool is_queue = fixtures::is_standard_queue(world.source);
  const bool stops = world.claims.stop_on_first_failure || !is_queue;
  const bool stops_group_alone = world.claims.skip_group_on_error && !is_queue;
  std::set<std::size_t> failed_groups;  // of the messages before
  for (std::size_t place = 0; place < invocation.messages.size(); ++place) {
    const std::size_t number = invocation.messages[place];
    const std::size_t group = simulation.message(number).group;
    const bool is_stopped =
        stops && (stops_group_alone ? failed_groups.contains(group) : !failed_groups.empty());
    const bool is_needless =
        invocation.returns(place) &&
        (invocation.succeeded[place] || (!invocation.tried[place] && !is_stopped && !may_leave));
    const bool has_failed = invocation.tried[place] && !invocation.succeeded[place];
    if (is_needless && is_refused(simulation, invocation, place)) {
      note_refusal(simulation, invocation, place);
      failed_groups.insert(group);
    } else if (is_needless) {
      add_unneeded(simulation, invocation, place);
    } else if (has_failed) {
      failed_groups.insert(group);
    }
  }
}

void record_unneeded_redelivery_on_stream(Simulation& simulation, const Invocation& invocation,
                                          const std::vector<bool>& comes_again) {
  const World& world = simulation.world;
  if (invocation.was_disturbed || takes_all_back(simulation, invocation)) return;
  const auto shard_of = [&](std::size_t place) {
    return simulation.message(invocation.messages[place]).shard_part;
  };
  const auto fails = [&](std::size_t place) {
    return (invocation.tried[place] && !invocation.succeeded[place]) ||
           is_refused(simulation, invocation, place);
  };
  const bool may_leave_any = may_leave_records(world, invocation);
  std::set<std::size_t> failing;  // shards, or partitions of Kafka
  for (std::size_t place = 0; place < invocation.messages.size(); ++place)
    if (fails(place)) failing.insert(shard_of(place));
  std::set<std::size_t> stopped;  // of the records before
  for (std::size_t place = 0; place < invocation.messages.size(); ++place) {
    const std::size_t shard = shard_of(place);
    if (stopped.contains(shard)) continue;
    // A function may leave the records of all partitions once one has failed, and take these in any order.
    const bool fails_elsewhere = failing.size() > (failing.contains(shard) ? 1 : 0);
    const bool may_leave = may_leave_any || fails_elsewhere;
    if (is_refused(simulation, invocation, place) && !may_leave) note_refusal(simulation, invocation, place);
    if (fails(place)) {
      stopped.insert(shard);
    } else if (comes_again[place] && (invocation.tried[place] || !may_leave)) {
      add_unneeded(simulation, invocation, place);
    }
  }
}

void record_claims_that_stay(Simulation& simulation) {
  for (auto& [number, claim] : simulation.left_claims) {
    const bool is_done = simulation.message(number).disposition == Disposition::done;
    if (claim.refusal && !is_done)
      add_incident(simulation.finished.unneeded_redeliveries, std::move(*claim.refusal));
  }
}

}  // namespace batchproof::simulator
