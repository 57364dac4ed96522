#pragma once

#include <batchproof/properties/law.hpp>

namespace batchproof::properties {

/// The handler sees each field of its own record, byte for byte.
extern const Law faithful;

}  // namespace batchproof::properties
