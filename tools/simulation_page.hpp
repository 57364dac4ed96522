#pragma once

#include <string>
#include <vector>

#include "simulate_output.hpp"
#include "world_history.hpp"

namespace batchproof::tools {

/// Not `html_report` of properties, which needs no scripts and draws one batch, nor bench/page, which Node
/// makes of Google Benchmark's output: a page with scripts, for charts and for the search of messages.
///
/// One HTML page that opens without a network: the facts of `json_of` as tables and charts, and the lives of
/// the first run's messages. There is one run at least, and `history` is of the first. Throws `UsageError`
/// where the tool was built without the charting library.
std::string page_of(const std::vector<SimulatedRun>& runs, WorldHistory& history, const std::string& subject);

/// Throws `UsageError` if `page_of` would.
void demand_page_template();

}  // namespace batchproof::tools
