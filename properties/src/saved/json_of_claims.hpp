#pragma once

#include <batchproof/fixtures/processor_claims.hpp>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>

namespace batchproof::properties {

/// The claims that are not as they are by default, by name.
nlohmann::ordered_json json_of_claims(const fixtures::ProcessorClaims& claims);

/// What `json_of_claims` wrote. Throws `std::runtime_error` for a number that is none.
fixtures::ProcessorClaims claims_of(const nlohmann::ordered_json& options);

/// The number; one that nlohmann would convert in silence is refused, with its name, by `std::runtime_error`:
/// 1e300, -1 and 2.5.
std::uint64_t whole_number(const nlohmann::ordered_json& json, const std::string& name,
                           std::uint64_t largest);

}  // namespace batchproof::properties
