#pragma once

#include <batchproof/properties/law.hpp>

namespace batchproof::properties {

/// A record whose handler did not return normally is reported, handled or not.
extern const Law nothing_lost;

}  // namespace batchproof::properties
