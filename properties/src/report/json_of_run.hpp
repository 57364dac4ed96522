#pragma once

#include <batchproof/properties/observation.hpp>
#include <nlohmann/json.hpp>
#include <string>

namespace batchproof::properties {

/// The handled records, in the order of the calls; null when nothing shows what was handled.
nlohmann::ordered_json json_of_calls(const Observation& run);

/// Adds the answer, if there is one, or how the process ended.
void add_answer(nlohmann::ordered_json& json, const Observation& run);

/// Reads the calls and the answer. Throws nlohmann's exceptions for other JSON.
Observation run_in(const nlohmann::ordered_json& json, std::string payload);

}  // namespace batchproof::properties
