#pragma once

#include <batchproof/fixtures/batch_case.hpp>
#include <batchproof/fixtures/item.hpp>
#include <batchproof/generators/damaged_payload.hpp>
#include <string>

#include "draws.hpp"

namespace batchproof::generators {

/// Damages the text of an event, at any place: cuts, changed bytes, trailing text, invalid UTF-8.
DamagedPayload damage_text(Draws& draws, const fixtures::BatchCase& batch);

/// Damages the content of an event: fields, records, the list of records. The case must hold a record.
DamagedPayload damage_structure(Draws& draws, const fixtures::BatchCase& batch);

/// Damages a payload: truncated, with bytes changed, lost or doubled, empty, deep, very long.
std::string draw_damaged_text(Draws& draws, std::string text);

/// Damages an item: attributes lost, of another type, too large or too deep, or none left.
fixtures::Item draw_damaged_item(Draws& draws, fixtures::Item item);

}  // namespace batchproof::generators
