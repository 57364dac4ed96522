#pragma once

#include <batchproof/properties/law.hpp>

namespace batchproof::properties {

/// An event of another source is refused, and so is a tumbling window.
extern const Law right_source;

}  // namespace batchproof::properties
