#pragma once

#include <batchproof/properties/named_report.hpp>

#include "html.hpp"

namespace batchproof::properties {

/// "processors, SqsFifoPartialProcessor".
std::string name_of(const NamedReport& named);

/// The violated law of the report, and its counterexample. The report must hold one.
void add_violation_section(Html& page, const NamedReport& named);

}  // namespace batchproof::properties
