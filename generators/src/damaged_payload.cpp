#include <rapidcheck/shrinkable/Create.h>
#include <batchproof/generators/damaged_payload.hpp>

#include "damage.hpp"
#include "draw_batch.hpp"

namespace batchproof::generators {

rc::Gen<DamagedPayload> damaged_payload(fixtures::Source source) {
  return [source](rc::Random random, int) {
    constexpr std::size_t largest_batch = 4;
    const BatchEdits edits{.plan = [](Draws&, std::vector<RecordPlan>& plan) {
      if (plan.empty()) plan.push_back({.sequence_number = "1"});
    }};
    Draws draws(random.split());
    const fixtures::BatchCase batch = draw_batch(source, largest_batch, edits, random, draws.one_in(3));
    return rc::shrinkable::just(draws.one_in(2) ? damage_text(draws, batch) : damage_structure(draws, batch));
  };
}

}  // namespace batchproof::generators
