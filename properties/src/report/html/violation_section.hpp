#pragma once

#include <batchproof/properties/named_report.hpp>

#include "html.hpp"

namespace batchproof::properties {

/// A name such as "processors, SqsFifoPartialProcessor".
std::string name_of(const NamedReport& named);

/// Adds the violated law of the report, and its counterexample. The report must have a violation.
void add_violation_section(Html& page, const NamedReport& named);

}  // namespace batchproof::properties
