#pragma once

// The batches of further runs, which are compared with the first one. What handlers must see is left out of
// them: nobody looks at it again, and it is most of a batch.

#include <batchproof/fixtures/batch_case.hpp>
#include <cstddef>

namespace batchproof::properties {

/// The first of its records, at most two, each of them rejected: what a processor keeps of a batch that
/// failed shows after few records as it does after many.
fixtures::BatchCase first_rejected(const fixtures::BatchCase& batch_case);

/// The batch without one of its records.
fixtures::BatchCase without_record(const fixtures::BatchCase& batch_case, std::size_t left_out);

}  // namespace batchproof::properties
