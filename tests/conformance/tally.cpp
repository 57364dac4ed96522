#include "tally.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <iterator>
#include <numeric>

namespace batchproof::conformance {
namespace {

constexpr int name_width = 36;
constexpr int count_width = 7;

/// The columns go by the order of `modes()`.
std::size_t column_of(const Mode& mode) {
  const auto same = [&](const Mode& other) {
    return mode.source == other.source && mode.skip_group_on_error == other.skip_group_on_error &&
           mode.throws_on_full_batch_failure == other.throws_on_full_batch_failure;
  };
  const auto& all = modes();
  return static_cast<std::size_t>(std::distance(all.begin(), std::find_if(all.begin(), all.end(), same)));
}

template <class CellOf>
std::string heading(const std::string& name, const CellOf& cell_of) {
  std::string line = fmt::format("{:<{}}", name, name_width);
  for (const Mode& mode : modes()) line += fmt::format("{:>{}}", cell_of(mode), count_width);
  return line + '\n';
}

/// Each name once, above the last of its columns.
std::string heading_of_sources() {
  std::string line(name_width, ' ');
  const auto& all = modes();
  int width = 0;
  for (std::size_t column = 0; column < all.size(); ++column) {
    width += count_width;
    if (column + 1 < all.size() && all[column + 1].source == all[column].source) continue;
    line += fmt::format("{:>{}}", fixtures::name(all[column].source), width);
    width = 0;
  }
  return line + '\n';
}

}  // namespace

void Tally::add(const std::string& row, const Mode& mode) {
  auto& counts = counts_[row];
  counts.resize(modes().size());
  ++counts[column_of(mode)];
}

std::size_t Tally::total(const std::string& row) const {
  const auto found = counts_.find(row);
  if (found == counts_.end()) return 0;
  return std::accumulate(found->second.begin(), found->second.end(), std::size_t{0});
}

std::string Tally::table(const std::vector<std::string>& rows) const {
  std::string text = heading_of_sources();
  text += heading("skip_group_on_error", [](const Mode& mode) {
    if (mode.source != fixtures::Source::sqs_fifo) return "-";
    return mode.skip_group_on_error ? "yes" : "no";
  });
  text += heading("raise_on_entire_batch_failure",
                  [](const Mode& mode) { return mode.throws_on_full_batch_failure ? "yes" : "no"; });
  text += '\n';
  for (const std::string& row : rows) {
    text += fmt::format("{:<{}}", row, name_width);
    const auto counts = counts_.find(row);
    for (std::size_t column = 0; column < modes().size(); ++column) {
      const std::size_t count = counts == counts_.end() ? 0 : counts->second[column];
      text +=
          count == 0 ? fmt::format("{:>{}}", "-", count_width) : fmt::format("{:>{}}", count, count_width);
    }
    text += '\n';
  }
  return text;
}

}  // namespace batchproof::conformance
