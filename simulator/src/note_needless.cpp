#include "note_needless.hpp"

#include <algorithm>
#include <vector>

namespace batchproof::simulator {
namespace {

/// The groups of a FIFO queue in which a message failed, as far as the batch was looked through.
class FailedGroups {
 public:
  void note(std::size_t group) {
    if (!stops(group)) failed_.push_back(group);
  }
  bool stops(std::size_t group) const {
    return std::find(failed_.begin(), failed_.end(), group) != failed_.end();
  }
  bool any() const noexcept { return !failed_.empty(); }

 private:
  std::vector<std::size_t> failed_;
};

}  // namespace

void note_needless_on_queue(Simulation& simulation, const Invocation& invocation) {
  if (invocation.was_disturbed) return;
  const World& world = simulation.world;
  const bool has_order = world.source == fixtures::Source::sqs_fifo;
  FailedGroups failed;
  for (std::size_t place = 0; place < invocation.messages.size(); ++place) {
    const std::size_t number = invocation.messages[place];
    const std::size_t group = simulation.message(number).group;
    const bool is_stopped =
        has_order && (world.claims.skip_group_on_error ? failed.stops(group) : failed.any());
    const bool is_needless = invocation.succeeded[place] || (!invocation.tried[place] && !is_stopped);
    if (is_needless && invocation.returns(place))
      note(simulation.finished.needless, number, invocation.number);
    if (invocation.tried[place] && !invocation.succeeded[place]) failed.note(group);
  }
}

void note_needless_on_stream(Simulation& simulation, const Invocation& invocation, std::size_t checkpoint) {
  if (invocation.was_disturbed) return;
  for (std::size_t place = 0; place < invocation.messages.size(); ++place) {
    if (invocation.tried[place] && !invocation.succeeded[place]) return;
    if (place >= checkpoint)
      note(simulation.finished.needless, invocation.messages[place], invocation.number);
  }
}

}  // namespace batchproof::simulator
