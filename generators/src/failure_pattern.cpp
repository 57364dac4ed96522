#include "failure_pattern.hpp"

#include <batchproof/generators/failure_pattern.hpp>
#include <map>
#include <optional>

namespace batchproof::generators {
namespace {

void reject_one_in_each_group(Draws& draws, std::vector<RecordPlan>& records) {
  struct Group {
    std::size_t size = 0;
    std::size_t chosen = 0;
  };
  std::map<std::optional<std::size_t>, Group> groups;
  for (std::size_t index = 0; index < records.size(); ++index) {
    Group& group = groups[records[index].group];
    if (draws.one_in(++group.size)) group.chosen = index;  // so that each record is as likely as the others
  }
  for (const auto& [number, group] : groups) records[group.chosen].rejected = true;
}

void reject_at_rate(Draws& draws, double rate, std::vector<RecordPlan>& records) {
  constexpr std::size_t parts = 1'000'000;
  const auto rejected_parts = static_cast<std::size_t>(rate * static_cast<double>(parts));
  for (RecordPlan& record : records) record.rejected = draws.below(parts) < rejected_parts;
}

void reject_by_pattern(Draws& draws, FailurePattern pattern, std::vector<RecordPlan>& records) {
  const std::size_t size = records.size();
  const std::size_t chosen = draws.below(size);
  const std::size_t run_end = chosen + draws.between(1, size - chosen);
  // Often the first one, behind which a stream starts again.
  const std::size_t accepted = pattern == FailurePattern::all_but_one && draws.one_in(2) ? 0 : chosen;
  if (pattern == FailurePattern::one_in_each_group) return reject_one_in_each_group(draws, records);
  for (std::size_t index = 0; index < size; ++index) {
    const auto rejected = [&] {
      switch (pattern) {
        case FailurePattern::all:
          return true;
        case FailurePattern::first:
          return index == 0;
        case FailurePattern::last:
          return index == size - 1;
        case FailurePattern::one:
          return index == chosen;
        case FailurePattern::scattered:
          return index == chosen || draws.one_in(3);
        case FailurePattern::run:
          return chosen <= index && index < run_end;
        case FailurePattern::group:
          return records[index].group == records[chosen].group;
        case FailurePattern::alternating:
          return index % 2 == chosen % 2;
        case FailurePattern::all_but_one:
          return size == 1 || index != accepted;
        default:
          return false;
      }
    };
    records[index].rejected = rejected();
  }
}

}  // namespace

std::string_view name(FailurePattern pattern) noexcept {
  switch (pattern) {
    case FailurePattern::none:
      return "none";
    case FailurePattern::all:
      return "all";
    case FailurePattern::first:
      return "first";
    case FailurePattern::last:
      return "last";
    case FailurePattern::one:
      return "one";
    case FailurePattern::scattered:
      return "scattered";
    case FailurePattern::run:
      return "run";
    case FailurePattern::group:
      return "group";
    case FailurePattern::one_in_each_group:
      return "one_in_each_group";
    case FailurePattern::alternating:
      return "alternating";
    case FailurePattern::all_but_one:
      return "all_but_one";
  }
  return "";
}

void draw_failure_pattern(Draws& draws, const BatchOptions& options, std::vector<RecordPlan>& records) {
  if (records.empty()) return;
  if (options.failure_rate) return reject_at_rate(draws, *options.failure_rate, records);
  FailurePattern drawn = draws.element(failure_patterns);
  // Large batches are rare, so most of them show how a failure far behind the first records is treated, or
  // nothing but failures with one success among them.
  constexpr std::size_t large = 10;
  const bool fails_in_front = drawn == FailurePattern::none || drawn == FailurePattern::first;
  if (records.size() >= large && fails_in_front && !draws.one_in(4))
    drawn = draws.one_in(2) ? FailurePattern::all_but_one : FailurePattern::scattered;
  reject_by_pattern(draws, options.failure_pattern.value_or(drawn), records);
}

}  // namespace batchproof::generators
