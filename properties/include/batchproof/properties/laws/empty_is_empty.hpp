#pragma once

#include <batchproof/properties/law.hpp>

namespace batchproof::properties {

/// An empty list of records gives an empty list of failures; anything that is no list is an error.
extern const Law empty_is_empty;

}  // namespace batchproof::properties
