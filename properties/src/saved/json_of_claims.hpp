#pragma once

#include <batchproof/fixtures/processor_claims.hpp>
#include <batchproof/fixtures/source.hpp>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>

namespace batchproof::properties {

/// The claims that differ from the defaults, by name.
nlohmann::ordered_json json_of_claims(const fixtures::ProcessorClaims& claims);

/// Reads the output of `json_of_claims`. Throws `std::runtime_error` for a number that is not valid, and
/// nlohmann's `type_error` for a member of another type.
fixtures::ProcessorClaims claims_of(const nlohmann::ordered_json& options);

/// The source of this name. Throws `std::runtime_error`, and nlohmann's `type_error` for what is no text.
fixtures::Source source_in(const nlohmann::ordered_json& json);

/// The number. Throws `std::runtime_error` with the name for a number that nlohmann would convert without an
/// error: 1e300, -1 and 2.5.
std::uint64_t whole_number(const nlohmann::ordered_json& json, const std::string& name,
                           std::uint64_t largest);

}  // namespace batchproof::properties
