#pragma once

#include <batchproof/properties/named_report.hpp>
#include <span>

#include "html.hpp"

namespace batchproof::properties {

/// Adds a table with a row for each law of each subject, and a column for each source.
void add_law_table(Html& page, std::span<const NamedReport> reports);

}  // namespace batchproof::properties
