#pragma once

#include <batchproof/properties/law.hpp>

namespace batchproof::properties {

/// SQS FIFO with skip_group_on_error: a failure stops its own message group and no other.
extern const Law skip_the_group;

}  // namespace batchproof::properties
