#pragma once

// Starts and prints the --json output of every command; docs/json_output.md lists the fields.

#include <nlohmann/json.hpp>
#include <string>

namespace batchproof::tools {

/// An object that begins with `schema_version`.
nlohmann::ordered_json begin_json_output();

/// The JSON as lines. Bytes that are not UTF-8 become U+FFFD, and control characters are escaped, so that an
/// event cannot control the terminal.
std::string to_text(const nlohmann::ordered_json& json);

}  // namespace batchproof::tools
