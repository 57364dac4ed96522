#pragma once

#include <batchproof/fixtures/batch_case.hpp>
#include <batchproof/generators/damaged_payload.hpp>

#include "draws.hpp"

namespace batchproof::generators {

/// Damages the text of an event, at any place: cuts, changed bytes, trailing text, invalid UTF-8.
DamagedPayload damage_text(Draws& draws, const fixtures::BatchCase& batch);

/// Damages what the event says: fields, records, `Records` itself. The case must hold a record.
DamagedPayload damage_structure(Draws& draws, const fixtures::BatchCase& batch);

}  // namespace batchproof::generators
