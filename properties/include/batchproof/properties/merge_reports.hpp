#pragma once

// Merges the reports of several machines, each of which judged a shard:
//
//   std::vector<std::vector<NamedReport>> shards;
//   for (const std::string& text : texts) shards.push_back(read_conformance(text));
//   const std::vector<NamedReport> whole = merge_reports(shards);

#include <batchproof/properties/named_report.hpp>
#include <span>
#include <string_view>
#include <vector>

namespace batchproof::properties {

/// Reads the output of `conformance_json`, except the parts of a counterexample that it does not write: the
/// fields that handlers saw, and the timeline of handlers that took turns. Throws `std::runtime_error` with
/// the reason for any other text.
std::vector<NamedReport> read_conformance(std::string_view json);

/// One report for each run, of all its shards, in their order: cases are added up, and a law is violated if
/// it is violated in one shard. The first shard with a violation gives the counterexample and the `shard()`;
/// a note names each later one. A note that another shard refutes is left out. Throws `std::runtime_error`
/// unless all shards have the same runs, in the same order, with the same seed, number of cases and
/// `draws()`; and for a shard that comes twice, and a report of all shards among others. It does not notice
/// that a shard is missing.
std::vector<NamedReport> merge_reports(std::span<const std::vector<NamedReport>> shards);

}  // namespace batchproof::properties
