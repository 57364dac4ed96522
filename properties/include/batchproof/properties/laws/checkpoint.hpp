#pragma once

#include <batchproof/properties/law.hpp>

namespace batchproof::properties {

/// Streams: the lowest reported sequence number, as a number of any length, is that of the lowest failure.
extern const Law checkpoint;

}  // namespace batchproof::properties
