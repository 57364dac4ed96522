#pragma once

#include <string>
#include <vector>

#include "simulate_output.hpp"
#include "world_history.hpp"

namespace batchproof::tools {

/// One HTML page that opens without a network: the facts of `json_of` as tables and charts, and the lives of
/// the first run's messages. There must be at least one run, and `history` must be that of the first. Throws
/// `UsageError` if the tool was built without the charting library.
///
/// Unlike `html_report` of properties, which needs no scripts and draws one batch, and bench/page, which Node
/// makes of Google Benchmark's output, this page has scripts, for charts and for the search of messages.
std::string page_of(const std::vector<SimulatedRun>& runs, const std::vector<std::string>& notes,
                    WorldHistory& history, const std::string& subject);

/// Throws `UsageError` if `page_of` would.
void demand_page_template();

}  // namespace batchproof::tools
