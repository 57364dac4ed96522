#pragma once

#include <batchproof/properties/law.hpp>

namespace batchproof::properties {

/// Neighbours, order and earlier batches do not change a verdict of the handler.
extern const Law independent;

}  // namespace batchproof::properties
