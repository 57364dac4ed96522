#pragma once

// Declares the benchmarks for main.cpp; each is defined in a file of its name.

#include <vector>

#include "effort.hpp"
#include "paired_timing.hpp"

namespace batchproof::bench {

// These add rows to the table of ratios.

/// From the bytes of the event to the bytes of the response: each source, with 10 to 10,000 records, of which
/// none fails or one in twenty, and SQS messages of which each body is read. They have limits and all
/// baselines.
void add_end_to_end(std::vector<PairedTiming>& rows);

/// Events of Kafka, from bytes to bytes, beside a walk that takes each record's partition, offset and raw
/// value.
void add_kafka(std::vector<PairedTiming>& rows);

/// Decode, process and encode, each alone, of every source, in multiples of the bare walk of the whole event.
/// One record in twenty fails.
void add_stages(std::vector<PairedTiming>& rows);

/// Messages of a standard queue of which 0, 5, 50 or 100% fail, by an exception or by an error that is
/// returned; and a FIFO queue with 1, 10 and 10,000 groups, all failing.
void add_failures(std::vector<PairedTiming>& rows);

/// Bodies of 100 B, 1 KB and 256 KB, events of up to 64 MB, with handlers that read the body and handlers
/// that do not.
void add_payload_sizes(std::vector<PairedTiming>& rows, const Effort& effort);

/// Payloads read as the user's own types, beside a handler that reads the same orders by nlohmann's `parse`
/// and `get`.
void add_typed_payloads(std::vector<PairedTiming>& rows);

// These register benchmarks of their own.

/// The costs of a function besides time in its handler: resident memory of 10,000 records, as a multiple of
/// the payload, when the payload stays the caller's and when it is handed over; allocations that a record
/// costs; what the library, linked statically and stripped, adds to a program; the size of a function with
/// idempotency and dead letters; and how long that function and `batchproof process` take from start to exit.
/// The counter is "footprint", with its "limit"; the label is its unit.
void register_footprint(const Effort& effort);

/// For each source a batch of 10,000 records drawn, and written as an event. The counter is
/// `median_milliseconds`, and `limit_milliseconds` its upper limit.
void register_generation(const Effort& effort);

/// How long it takes to lint 10,000 generated templates that are one application, and one of 1 MB. The
/// counters are those of `register_generation`.
void register_lint(const Effort& effort);

/// Two benchmarks. The first verifies this library's `BatchProcessor<SqsRecord>` on 10,000 random cases of up
/// to 10 records by every law that applies: events are written, damaged, decoded and run again. Its counters
/// are `median_milliseconds`, `limit_milliseconds` (its upper limit), `cases`, `laws` (how many were judged)
/// and `judgements` (one is a law judged on a case).
///
/// The second is a baseline: fast-check over Powertools for AWS Lambda (TypeScript), with one law and no text
/// of events. Its label says why it was not run where Node or the packages are not installed.
void register_verification(const Effort& effort);

/// Simulated worlds that call this library's processors with real JSON both ways.
void register_simulation(const Effort& effort);

/// The cost of a user record within an aggregate, and that of a tumbling window beside the work that it
/// cannot do without.
void register_kinesis_windows_and_envelopes();

/// Handlers that wait 5 ms, on threads and as coroutines, beside a bare pool of the same library and beside
/// the shortest time possible; `max_concurrency = 1` beside a processor without it; and coroutines that do
/// not wait. Counters: "ratio" or "microseconds", and "limit".
void register_concurrency();

}  // namespace batchproof::bench
