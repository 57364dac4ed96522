#pragma once

#include <batchproof/properties/law.hpp>

namespace batchproof::properties {

extern const Law survives;

}  // namespace batchproof::properties
