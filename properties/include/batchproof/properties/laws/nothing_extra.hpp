#pragma once

#include <batchproof/properties/law.hpp>

namespace batchproof::properties {

/// An identifier is reported only if its record failed or depends on one that did; batch order, each once.
extern const Law nothing_extra;

}  // namespace batchproof::properties
