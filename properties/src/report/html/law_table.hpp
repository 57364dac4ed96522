#pragma once

#include <batchproof/properties/named_report.hpp>
#include <span>

#include "html.hpp"

namespace batchproof::properties {

/// Each law of each subject a row, each source a column.
void add_law_table(Html& page, std::span<const NamedReport> reports);

}  // namespace batchproof::properties
