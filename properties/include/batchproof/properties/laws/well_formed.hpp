#pragma once

#include <batchproof/properties/law.hpp>

namespace batchproof::properties {

/// The response is exactly the JSON that the service reads.
extern const Law well_formed;

}  // namespace batchproof::properties
