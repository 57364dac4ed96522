#pragma once

#include <batchproof/properties/law.hpp>

namespace batchproof::properties {

/// No payload, damaged ones included, ends the process.
extern const Law survives;

}  // namespace batchproof::properties
