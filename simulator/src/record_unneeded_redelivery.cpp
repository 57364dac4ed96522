#include "record_unneeded_redelivery.hpp"

#include <batchproof/fixtures/source_info.hpp>
#include <cstddef>
#include <set>

namespace batchproof::simulator {
namespace {

/// True when the function may leave records unhandled: by its design, or because the deadline is near.
bool may_leave_records(const World& world, const Invocation& invocation) {
  const auto reserve = world.claims.reserve.value_or(world.function_timeout / 2);
  return world.design.stops_early || invocation.time_left < reserve;
}

/// True when all of the batch must come again since a record failed: by the function's design, or since the
/// service reads no response, so that the function must fail as a whole.
bool takes_all_back(const World& world, const Invocation& invocation) {
  const bool fails_as_a_whole = world.design.all_or_nothing || !world.report_batch_item_failures;
  return fails_as_a_whole && invocation.tried != invocation.succeeded;
}

/// A function that is known by its answers alone, and that fails too early, reports what must fail behind it
/// too. Kept as incidents, these would take the places of those that violate the law.
void add_unneeded(Simulation& simulation, const Invocation& invocation, std::size_t place) {
  const bool is_whole_batch = !invocation.complete_failure.value_or("").empty();
  const bool must_fail = simulation.message(invocation.messages[place]).is_poison();
  if (simulation.world.calls_are_assumed && !is_whole_batch && must_fail) return;
  add_incident(simulation.finished.unneeded_redeliveries, invocation, place);
}

}  // namespace

void record_unneeded_redelivery_of_listed(Simulation& simulation, const Invocation& invocation) {
  const World& world = simulation.world;
  if (invocation.was_disturbed || takes_all_back(world, invocation)) return;
  const bool may_leave = may_leave_records(world, invocation);
  const bool is_queue = fixtures::info_of(world.source).delivery == fixtures::DeliveryKind::queue;
  const bool stops = world.claims.stop_on_first_failure || !is_queue;
  const bool stops_group_alone = world.claims.skip_group_on_error && !is_queue;
  std::set<std::size_t> failed_groups;  // of the messages before
  for (std::size_t place = 0; place < invocation.messages.size(); ++place) {
    const std::size_t number = invocation.messages[place];
    const std::size_t group = simulation.message(number).group;
    const bool is_stopped =
        stops && (stops_group_alone ? failed_groups.contains(group) : !failed_groups.empty());
    const bool is_unneeded =
        invocation.succeeded[place] || (!invocation.tried[place] && !is_stopped && !may_leave);
    if (is_unneeded && invocation.returns(place)) add_unneeded(simulation, invocation, place);
    if (invocation.tried[place] && !invocation.succeeded[place]) failed_groups.insert(group);
  }
}

void record_unneeded_redelivery_on_stream(Simulation& simulation, const Invocation& invocation,
                                          std::size_t checkpoint) {
  const World& world = simulation.world;
  if (invocation.was_disturbed || takes_all_back(world, invocation)) return;
  const bool may_leave = may_leave_records(world, invocation);
  for (std::size_t place = 0; place < invocation.messages.size(); ++place) {
    if (invocation.tried[place] && !invocation.succeeded[place]) return;
    if (place >= checkpoint && (invocation.tried[place] || !may_leave))
      add_unneeded(simulation, invocation, place);
  }
}

}  // namespace batchproof::simulator
