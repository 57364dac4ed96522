#pragma once

#include "shard_part.hpp"
#include "simulation.hpp"

namespace batchproof::simulator {

/// Acts on the answer to the batch at the back of `part.to_do`, as the event source mapping of a stream does
/// (AWS Lambda developer guide, "Configuring partial batch response with Kinesis Data Streams and Lambda"),
/// or a pipe that reads the stream: records end, or become ranges of `part.to_do` again. Bisecting a batch
/// makes two of them.
void settle_stream_batch(Simulation& simulation, ShardPart& part);

}  // namespace batchproof::simulator
