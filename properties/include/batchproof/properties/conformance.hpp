#pragma once

#include <batchproof/properties/named_report.hpp>
#include <span>
#include <string>
#include <string_view>

namespace batchproof::properties {

/// The `schema_version` of `conformance_json` and of every --json output of the command batchproof. It rises
/// when a field is renamed, is removed or changes its meaning, and stays when one is added.
/// docs/json_output.md lists the fields.
inline constexpr int json_schema_version = 1;

/// False also when nothing was verified.
bool all_passed(std::span<const NamedReport> reports);

/// For programs, as one JSON object: the schema version, batchproof's version, the compiler that built it,
/// and each report (`to_json`) with its subject. It holds no time.
std::string conformance_json(std::span<const NamedReport> reports);

/// Writes FOLDER/STEM.json (`conformance_json`) and FOLDER/STEM.html (`html_report`). Makes the folder if it
/// is missing; throws `std::runtime_error`, which names the file, when one cannot be written.
void write_conformance(const std::string& folder, std::span<const NamedReport> reports,
                       std::string_view stem = "conformance");

}  // namespace batchproof::properties
