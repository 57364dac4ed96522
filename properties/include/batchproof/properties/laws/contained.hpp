#pragma once

#include <batchproof/properties/law.hpp>

namespace batchproof::properties {

/// Whatever a handler throws, be it an int, stays with its record.
extern const Law contained;

}  // namespace batchproof::properties
