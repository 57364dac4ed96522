#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "effort.hpp"
#include "payloads.hpp"

namespace batchproof::bench {

using Work = std::function<void()>;

/// A row of the table of ratios: this library beside baselines that do the same work in the same run. Each
/// function receives the event, and returns the work to time.
struct PairedTiming {
  std::string name{};
  std::string headline{};  ///< the words of its line among the first of the table; empty: among the rest
  Source source = Source::sqs;
  std::size_t records = 0;
  std::function<std::string()> event{};
  std::function<Work(std::string_view event)> ours{};

  /// The walk to compare with; empty: `bare_walk` of its source.
  std::function<std::size_t(std::string_view event)> walk{};

  std::size_t throws = 0;                        ///< so many bare throws are timed and subtracted
  std::optional<double> limit{};                 ///< a multiple of the bare walk
  std::optional<double> limit_without_throws{};  ///< the same, after that subtraction
  std::function<Work(std::string_view event)> nlohmann_loop{};  ///< empty: no such baseline
  std::optional<double> least_nlohmann_ratio{};                 ///< how many times ours it must take

  /// The share of records that fail, for Powertools for AWS Lambda (TypeScript); empty: no such baseline.
  std::optional<int> powertools_failing_percent{};
};

/// Registers them, headlines first. Their counters: "records", "median_microseconds", "walk_ratio" (ours over
/// the bare walk, smaller is better), "walk_ratio_without_throws", where there are some the "limit",
/// "limit_without_throws" and "least_nlohmann_ratio", and how many times ours "nlohmann_ratio" and
/// "powertools_ratio" take. All are medians; the walk is timed in turn with ours, so that the ratio holds
/// when the machine's speed drifts.
void register_ratios(const std::vector<PairedTiming>& rows, const Effort& effort);

}  // namespace batchproof::bench
