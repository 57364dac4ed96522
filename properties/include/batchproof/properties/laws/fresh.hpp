#pragma once

#include <batchproof/properties/law.hpp>

namespace batchproof::properties {

/// No outcome depends on an earlier batch.
extern const Law fresh;

}  // namespace batchproof::properties
