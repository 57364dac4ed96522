#pragma once

// The ordering keys of a case, read from the case itself, never by the library under test.

#include <batchproof/fixtures/batch_case.hpp>
#include <batchproof/fixtures/processor_claims.hpp>
#include <batchproof/fixtures/source.hpp>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace batchproof::properties {

/// True where the claim `order_by_key` has an effect.
bool keeps_order_by_key(fixtures::Source source, const fixtures::ProcessorClaims& claims) noexcept;

/// The name of each record's ordering key; nothing for a record that runs alone.
std::vector<std::optional<std::string>> ordering_keys(const fixtures::BatchCase& batch_case,
                                                      const fixtures::ProcessorClaims& claims);

/// A number for each record: the processor handles those of one number in batch order, and may take the
/// numbers in any order. Where it `keeps_order_by_key`, a record without a key has a number of its own.
std::vector<std::size_t> handling_orders(const fixtures::BatchCase& batch_case,
                                         const fixtures::ProcessorClaims& claims);

}  // namespace batchproof::properties
