#pragma once

#include <batchproof/properties/report.hpp>
#include <vector>

namespace batchproof::properties {

/// Writes the report into the folder in BATCHPROOF_REPORT, if it is set. A failure to write is printed on the
/// standard error and not thrown: a full disk must not hide a counterexample.
void write_report_if_asked(const Report& report, std::vector<fixtures::Source> sources);

}  // namespace batchproof::properties
