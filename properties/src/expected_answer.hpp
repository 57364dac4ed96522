#pragma once

#include <batchproof/fixtures/batch_case.hpp>
#include <batchproof/fixtures/processor_claims.hpp>
#include <string>
#include <vector>

namespace batchproof::properties {

/// What a processor that keeps every law answers, for people to compare with.
std::string expected_answer(const fixtures::BatchCase& batch_case, const fixtures::ProcessorClaims& claims);

/// The response that reports these identifiers.
std::string response_of(const std::vector<std::string>& item_identifiers);

}  // namespace batchproof::properties
