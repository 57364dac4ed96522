#pragma once

#include <batchproof/properties/law.hpp>

namespace batchproof::properties {

/// The check that came with the handler finds nothing wrong after a batch.
extern const Law own_check;

}  // namespace batchproof::properties
