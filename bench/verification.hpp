#pragma once

#include "effort.hpp"

namespace batchproof::bench {

/// Registers two benchmarks. The first verifies this library's `BatchProcessor<SqsRecord>` on 10,000 random
/// cases of up to 10 records by every law that applies: events are written, damaged, decoded and run again.
/// Its counters are `median_milliseconds`, `limit_milliseconds` (its upper limit), `cases`, `laws` (how
/// many were judged) and `judgements` (one is a law judged on a case).
///
/// The second is a baseline: fast-check over Powertools for AWS Lambda (TypeScript), with one law and no
/// text of events. Its label says why it was not run where Node or the packages are not installed.
void register_verification(const Effort& effort);

}  // namespace batchproof::bench
