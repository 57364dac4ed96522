#pragma once

#include <batchproof/fixtures/batch_case.hpp>
#include <batchproof/fixtures/processor_claims.hpp>
#include <batchproof/properties/observation.hpp>

#include "html.hpp"

namespace batchproof::properties {

/// One run of a batch as a table, a record a row: its verdict, when it was handled, whether it was reported,
/// and what the service does with it next. Where the claims are given, what should have been is beside it.
void add_timeline(Html& page, const fixtures::BatchCase& batch_case, const Observation& observation,
                  const fixtures::ProcessorClaims* claims);

}  // namespace batchproof::properties
