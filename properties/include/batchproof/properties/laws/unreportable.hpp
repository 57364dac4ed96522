#pragma once

#include <batchproof/properties/law.hpp>

namespace batchproof::properties {

/// A record without a usable identifier fails the invocation before any handler runs.
extern const Law unreportable;

}  // namespace batchproof::properties
