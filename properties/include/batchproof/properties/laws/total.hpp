#pragma once

#include <batchproof/properties/law.hpp>

namespace batchproof::properties {

/// Any bytes give a response or an error: no crash, no answer to half a batch, and no record lost.
extern const Law total;

}  // namespace batchproof::properties
