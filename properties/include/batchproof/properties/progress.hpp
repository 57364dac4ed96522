#pragma once

#include <batchproof/properties/report.hpp>
#include <functional>
#include <span>

namespace batchproof::properties {

/// Told after each random case how every law fares so far, and how many cases are wanted; for tools that draw
/// progress. What it throws ends the run.
using Progress = std::function<void(std::span<const LawResult> laws, int cases_wanted)>;

}  // namespace batchproof::properties
