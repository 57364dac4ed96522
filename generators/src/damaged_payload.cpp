#include <rapidcheck/shrinkable/Create.h>
#include <batchproof/generators/damaged_payload.hpp>

#include "damage.hpp"
#include "draw_batch.hpp"

namespace batchproof::generators {

rc::Gen<DamagedPayload> damaged_payload(fixtures::Source source) {
  return [source](rc::Random random, int) {
    constexpr BatchOptions options{.largest_batch = 4, .smallest_batch = 1, .hostile = true};
    Draws draws(random.split());
    const fixtures::BatchCase batch =
        draw_batch(source, options, {.with_fields = false}, random, draws.one_in(3));
    return rc::shrinkable::just(draws.one_in(3) ? damage_text(draws, batch) : damage_structure(draws, batch));
  };
}

}  // namespace batchproof::generators
