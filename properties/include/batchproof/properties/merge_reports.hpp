#pragma once

// Makes one report of those of several machines, each of which judged a shard:
//
//   std::vector<std::vector<NamedReport>> shards;
//   for (const std::string& text : texts) shards.push_back(read_conformance(text));
//   const std::vector<NamedReport> whole = merge_reports(shards);

#include <batchproof/properties/named_report.hpp>
#include <span>
#include <string_view>
#include <vector>

namespace batchproof::properties {

/// What `conformance_json` wrote, but for what it leaves out of a counterexample: the fields that handlers
/// saw, the timeline of handlers that took turns, and bytes of an event that are no UTF-8. Throws
/// `std::runtime_error` with the reason for a text that is none.
std::vector<NamedReport> read_conformance(std::string_view json);

/// One report for each run, of all shards of it, in their order: cases are added, and a law is violated where
/// it is in one of them. The first shard with a violation gives the counterexample and the `shard()`; a note
/// names each later one. Throws `std::runtime_error` where the runs are not the same, in the same order, with
/// the same seed and number of cases.
std::vector<NamedReport> merge_reports(std::span<const std::vector<NamedReport>> shards);

}  // namespace batchproof::properties
