#include "json_output.hpp"

#include <batchproof/fixtures/json_text.hpp>
#include <batchproof/fixtures/printable.hpp>
#include <batchproof/properties/conformance.hpp>

namespace batchproof::tools {

using nlohmann::ordered_json;

ordered_json begin_json_output() { return {{"schema_version", properties::json_schema_version}}; }

std::string to_text(const ordered_json& json) {
  return fixtures::without_controls(fixtures::to_valid_text(json, 2)) + "\n";
}

}  // namespace batchproof::tools
