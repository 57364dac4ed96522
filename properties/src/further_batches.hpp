#pragma once

// The batches of further runs, which are compared with the first one. What handlers must see is left out of
// them: nobody looks at it again, and it is most of a batch.

#include <batchproof/fixtures/batch_case.hpp>
#include <cstddef>

namespace batchproof::properties {

/// The first of its records, at most two, where one is rejected that the batch itself accepts, if there is
/// such a one: what a processor keeps of another batch that failed shows after few records as it does after
/// many.
fixtures::BatchCase other_failure(const fixtures::BatchCase& batch_case);

/// The batch without one of its records.
fixtures::BatchCase without_record(const fixtures::BatchCase& batch_case, std::size_t left_out);

}  // namespace batchproof::properties
