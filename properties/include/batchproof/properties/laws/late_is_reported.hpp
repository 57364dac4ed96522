#pragma once

#include <batchproof/properties/law.hpp>

namespace batchproof::properties {

/// What was not started before the deadline is reported as failed, and nothing that succeeded is.
extern const Law late_is_reported;

}  // namespace batchproof::properties
