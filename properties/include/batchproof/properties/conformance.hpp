#pragma once

#include <batchproof/properties/named_report.hpp>
#include <span>
#include <string>
#include <string_view>

namespace batchproof::properties {

/// The `schema_version` of `conformance_json` and of every --json output of the command batchproof: a higher
/// one when a field is renamed, is removed or changes its meaning, and the same when one is added.
/// docs/json_output.md lists the fields.
inline constexpr int json_schema_version = 1;

/// False, too, when nothing was verified.
bool all_passed(std::span<const NamedReport> reports);

/// For programs: the schema version, batchproof's version, the compiler that built it, and each report
/// (`to_json`) with what it is about, as one JSON object. It holds no time.
std::string conformance_json(std::span<const NamedReport> reports);

/// Writes FOLDER/STEM.json (`conformance_json`) and FOLDER/STEM.html (`html_report`). Makes the folder where
/// it is missing; throws `std::runtime_error` with the file that cannot be written.
void write_conformance(const std::string& folder, std::span<const NamedReport> reports,
                       std::string_view stem = "conformance");

}  // namespace batchproof::properties
