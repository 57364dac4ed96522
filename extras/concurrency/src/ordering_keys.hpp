#pragma once

// Which records of a case may run together: read from the case, never by the library that is under test.

#include <batchproof/fixtures/batch_case.hpp>
#include <batchproof/fixtures/processor_claims.hpp>
#include <optional>
#include <string>
#include <vector>

namespace batchproof::properties {

/// For each record the name of its ordering key; nothing for one that runs alone.
std::vector<std::optional<std::string>> ordering_keys(const fixtures::BatchCase& batch_case,
                                                      const fixtures::ProcessorClaims& claims);

}  // namespace batchproof::properties
