#pragma once

#include <batchproof/fixtures/batch_case.hpp>
#include <batchproof/fixtures/processor_claims.hpp>
#include <batchproof/properties/observation.hpp>

namespace batchproof::blackbox {

/// What the service delivers again after the answer that this run gave to the batch: the same records, in
/// their order, messages with one receive more. Without records when nothing comes again.
fixtures::BatchCase delivered_again(const fixtures::BatchCase& batch_case,
                                    const fixtures::ProcessorClaims& claims,
                                    const properties::Observation& run);

}  // namespace batchproof::blackbox
