#pragma once

#include <batchproof/properties/law.hpp>

namespace batchproof::properties {

/// Says what is never true, so that each verification can show that it would have seen a breach.
extern const Law canary;

}  // namespace batchproof::properties
