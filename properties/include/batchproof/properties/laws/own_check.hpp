#pragma once

#include <batchproof/properties/law.hpp>

namespace batchproof::properties {

extern const Law own_check;

}  // namespace batchproof::properties
