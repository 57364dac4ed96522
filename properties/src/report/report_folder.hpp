#pragma once

#include <batchproof/properties/report.hpp>
#include <vector>

namespace batchproof::properties {

/// Writes the report into the folder that BATCHPROOF_REPORT names, if it does. Where that fails it says so on
/// the standard error: a full disk must not hide a counterexample.
void write_report_if_asked(const Report& report, std::vector<fixtures::Source> sources);

}  // namespace batchproof::properties
