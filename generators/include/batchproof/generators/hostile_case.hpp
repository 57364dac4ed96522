#pragma once

#include <rapidcheck/Gen.h>
#include <batchproof/fixtures/batch_case.hpp>
#include <batchproof/fixtures/payloads.hpp>
#include <batchproof/fixtures/source.hpp>

namespace batchproof::generators {

/// Valid batches whose records have these payloads, most of them damaged: truncated, with bytes changed, lost
/// or doubled, empty, deep, very long; an item with attributes lost, of another type or too large, or no
/// image at all. Payloads and exceptions are as in `payload_case`. The verdicts of the records have no
/// meaning.
rc::Gen<fixtures::BatchCase> hostile_case(fixtures::Source source, fixtures::PayloadList payloads);

}  // namespace batchproof::generators
