#pragma once

// The ordering keys of a case, read from the case itself, never by the library under test.

#include <batchproof/fixtures/batch_case.hpp>
#include <batchproof/fixtures/processor_claims.hpp>
#include <optional>
#include <string>
#include <vector>

namespace batchproof::properties {

/// The name of each record's ordering key; nothing for a record that runs alone.
std::vector<std::optional<std::string>> ordering_keys(const fixtures::BatchCase& batch_case,
                                                      const fixtures::ProcessorClaims& claims);

}  // namespace batchproof::properties
