#pragma once

#include <batchproof/properties/named_report.hpp>
#include <span>
#include <string>

namespace batchproof::properties {

/// One HTML page that needs no other file, no script and no network: the verdict, each violated law with its
/// counterexample as a timeline, the table of laws by source, and the distribution of the batches. Text of
/// events is escaped. The same reports give the same page.
std::string html_report(std::span<const NamedReport> reports);

}  // namespace batchproof::properties
