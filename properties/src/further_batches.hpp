#pragma once

// The batches of further runs, which are compared with the first one. What handlers must see is left out of
// them: nobody looks at it again, and it is most of a batch.

#include <batchproof/fixtures/batch_case.hpp>
#include <cstddef>

namespace batchproof::properties {

/// The same records, each of them rejected.
fixtures::BatchCase all_rejected(const fixtures::BatchCase& batch_case);

/// The batch without one of its records.
fixtures::BatchCase without_record(const fixtures::BatchCase& batch_case, std::size_t left_out);

}  // namespace batchproof::properties
