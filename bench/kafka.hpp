#pragma once

#include <vector>

#include "paired_timing.hpp"

namespace batchproof::bench {

/// Events of Kafka, from bytes to bytes, beside a walk that takes each record's partition, offset and raw
/// value.
void add_kafka(std::vector<PairedTiming>& rows);

}  // namespace batchproof::bench
