#pragma once

// What a function must do with a batch, by the verdicts and the claims, since the kit sees only its answer.

#include <batchproof/fixtures/batch_case.hpp>
#include <batchproof/fixtures/processor_claims.hpp>
#include <batchproof/fixtures/record_probe.hpp>
#include <batchproof/properties/law.hpp>
#include <batchproof/properties/observation.hpp>
#include <span>
#include <string>

namespace batchproof::blackbox {

/// Calls the probe for each record that a function with these claims must handle. What a function that keeps
/// the order of keys handled depends on its answer: a record that is reported behind a failure of its key
/// counts as left. Without an answer every record was handled.
void call_as_expected(RecordProbe& probe, const fixtures::BatchCase& batch_case,
                      const fixtures::ProcessorClaims& claims, const std::string& answer = "");

/// The response that reports each record that is not done, as JSON.
std::string expected_answer(const fixtures::BatchCase& batch_case, const fixtures::ProcessorClaims& claims);

/// True when the run violates none of the laws; always for one record whose verdict is unknown.
bool is_as_expected(std::span<const properties::Law> laws, const fixtures::BatchCase& batch_case,
                    const properties::Observation& run, const fixtures::ProcessorClaims& claims);

/// For a run that is not as expected: the claim that would make it so, in words; empty when there is none.
std::string claim_that_fits(std::span<const properties::Law> laws, const fixtures::BatchCase& batch_case,
                            const properties::Observation& run, const fixtures::ProcessorClaims& claims);

}  // namespace batchproof::blackbox
