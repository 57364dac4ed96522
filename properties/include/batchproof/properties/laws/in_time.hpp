#pragma once

#include <batchproof/properties/law.hpp>

namespace batchproof::properties {

/// No record is started when less than the reserve is left until the deadline, and none that could be is held
/// back.
extern const Law in_time;

}  // namespace batchproof::properties
