#pragma once

#include <batchproof/properties/law.hpp>

namespace batchproof::properties {

/// The same record, delivered again, gets the same verdict of the handler.
extern const Law repeatable;

}  // namespace batchproof::properties
