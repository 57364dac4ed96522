#pragma once

#include <batchproof/properties/law.hpp>

namespace batchproof::properties {

/// A record's outcome does not change when records that it does not depend on are taken away.
extern const Law independence;

}  // namespace batchproof::properties
