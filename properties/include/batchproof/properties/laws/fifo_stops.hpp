#pragma once

#include <batchproof/properties/law.hpp>

namespace batchproof::properties {

/// SQS FIFO: nothing after the first failure is handled; it and all after it are reported.
extern const Law fifo_stops;

}  // namespace batchproof::properties
