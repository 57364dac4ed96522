#pragma once

#include <batchproof/fixtures/batch_case.hpp>
#include <batchproof/fixtures/processor_claims.hpp>
#include <cstddef>
#include <vector>

namespace batchproof::properties {

/// The outcome that a record must have, by its own verdict and by the records that it depends on.
enum class ExpectedOutcome {
  succeeds,  ///< accepted, and nothing that it depends on failed
  fails,     ///< rejected, and nothing that it depends on failed
  stopped    ///< something that it depends on failed: its own verdict never counts
};

/// True when a failure of the record at `earlier` keeps the one at `later` from being handled: any earlier
/// record on a FIFO queue or for a stream that stops; with `skip_group_on_error` one of the same message
/// group, or where either has no group; never otherwise. A stream processor that reports its first failure
/// alone may stop there, as the sample in the AWS Lambda developer guide does ("Configuring partial batch
/// response with Kinesis Data Streams and Lambda").
bool depends_on(const fixtures::BatchCase& batch_case, const fixtures::ProcessorClaims& claims,
                std::size_t later, std::size_t earlier);

/// The expected outcome of each record, in batch order.
std::vector<ExpectedOutcome> expected_outcomes(const fixtures::BatchCase& batch_case,
                                               const fixtures::ProcessorClaims& claims);

}  // namespace batchproof::properties
