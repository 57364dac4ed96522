#pragma once

#include <batchproof/properties/observation.hpp>
#include <nlohmann/json.hpp>
#include <string>

namespace batchproof::properties {

/// The handled records, in the order of the calls; null when nothing shows what was handled.
nlohmann::ordered_json json_of_calls(const Observation& run);

/// Adds the answer, if there is one, or how the process ended, and what else is known of the run.
void add_answer(nlohmann::ordered_json& json, const Observation& run);

/// The calls, the answer and the further runs.
nlohmann::ordered_json json_of_run(const Observation& run);

/// Reads what these functions write; the further runs have no payload. Throws nlohmann's exceptions for other
/// JSON.
Observation run_in(const nlohmann::ordered_json& json, std::string payload);

}  // namespace batchproof::properties
