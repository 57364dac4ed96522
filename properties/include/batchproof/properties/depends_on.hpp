#pragma once

#include <batchproof/fixtures/batch_case.hpp>
#include <batchproof/fixtures/processor_claims.hpp>
#include <chrono>
#include <cstddef>
#include <optional>
#include <vector>

namespace batchproof::properties {

/// The outcome that a record must have, by its own verdict and by the records that it depends on.
enum class ExpectedOutcome {
  succeeds,  ///< accepted, and no record that it depends on failed
  fails,     ///< rejected, and no record that it depends on failed
  stopped,   ///< a record that it depends on was not done: its own verdict does not matter
  late       ///< the reserve was reached before it could start
};

/// True when a failure stops only its own group: a partition of Kafka, or, with `skip_group_on_error`, a
/// message group of a FIFO queue.
bool stops_group_alone(fixtures::Source source, const fixtures::ProcessorClaims& claims);

/// True when a failure of the record at `earlier` keeps the one at `later` from being handled: any earlier
/// record on a FIFO queue, or for a processor that claims to stop; where `stops_group_alone`, one of the same
/// group, or any if one of the two has no group; never otherwise. A stream processor that reports only its
/// first failure may stop there, as the sample in the AWS Lambda developer guide does ("Configuring partial
/// batch response with Kinesis Data Streams and Lambda").
bool depends_on(const fixtures::BatchCase& batch_case, const fixtures::ProcessorClaims& claims,
                std::size_t later, std::size_t earlier);

/// The expected outcome of each record, in batch order. A time limit is for a processor that handles one
/// record after the other: each record takes its `fixtures::handling_time`, and the processor's reserve, if
/// it claims one, decides which records are late.
///
/// A processor that claims `order_by_key` may leave the later records of a failed key, and takes the keys in
/// any order: which records are stopped or late follows from the calls of its run, those of each record.
/// Without them every record was handled.
std::vector<ExpectedOutcome> expected_outcomes(
    const fixtures::BatchCase& batch_case, const fixtures::ProcessorClaims& claims,
    const std::optional<std::chrono::milliseconds>& time_limit = {},
    const std::vector<std::size_t>* calls_of_record = nullptr);

}  // namespace batchproof::properties
