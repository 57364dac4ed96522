#pragma once

// The parts of the page; each is defined in a file of its name.

#include <batchproof/properties/distribution.hpp>
#include <batchproof/properties/evidence.hpp>
#include <batchproof/properties/named_report.hpp>
#include <span>
#include <string>

#include "html.hpp"

namespace batchproof::properties {

/// The violated law of the report, and its counterexample. The report must have a violation.
void add_violation_section(Html& page, const NamedReport& named);

/// One run of a batch as a table, with a row for each record: its verdict, when it was handled, whether it
/// was reported, and what the service does with it next. When the run is judged, the expected values stand
/// beside it.
void add_timeline(Html& page, const Evidence& evidence, bool is_judged);

/// Two answers side by side, with their differences marked in both.
void add_answers(Html& page, fixtures::Source source, const std::string& expected, const std::string& actual);

/// A table with a row for each law of each subject, and a column for each source.
void add_law_table(Html& page, std::span<const NamedReport> reports);

/// A bar chart for each histogram that counts anything; the numbers stand beside the bars.
void add_histograms(Html& page, const Distribution& distribution);

}  // namespace batchproof::properties
