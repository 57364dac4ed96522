#include <algorithm>
#include <batchproof/concurrency/concurrency_report.hpp>
#include <optional>
#include <utility>

#include "ordering_keys.hpp"

namespace batchproof::properties {
namespace {

/// When the handler of each record ran: `(` it starts, `-` it runs, `)` it ended well, `x` it threw.
std::vector<std::string> timelines(const ConcurrencyCounterexample& found) {
  const auto& records = found.batch_case.records;
  std::vector<std::string> timelines(records.size());
  std::vector<bool> running(records.size());
  for (const HandlerStep& step : found.observation.steps) {
    const auto& call = found.observation.run.calls[step.call];
    for (std::size_t index = 0; index < records.size(); ++index) {
      const bool is_its_own = records[index].item_identifier == call.item_identifier;
      if (is_its_own) running[index] = !step.ends;
      timelines[index] += is_its_own       ? (!step.ends   ? '('
                                              : call.threw ? 'x'
                                                           : ')')
                          : running[index] ? '-'
                                           : ' ';
    }
  }
  return timelines;
}

std::string padded(std::string text, std::size_t width) {
  text.resize(std::max(width, text.size()), ' ');
  return text;
}

std::string table(const ConcurrencyCounterexample& found) {
  const auto keys = ordering_keys(found.batch_case, found.claims);
  const auto timeline_of = timelines(found);
  std::size_t widest = std::string("identifier").size();
  for (const auto& record : found.batch_case.records)
    widest = std::max(widest, record.item_identifier.size());
  std::string text = "  #  " + padded("identifier", widest) + "  timeline\n";
  for (std::size_t index = 0; index < timeline_of.size(); ++index) {
    const auto twin = std::find(keys.begin(), keys.end(), keys[index]);
    std::string timeline = timeline_of[index];
    timeline.erase(timeline.find_last_not_of(' ') + 1);
    text += "  " + std::to_string(index) + "  " +
            padded(found.batch_case.records[index].item_identifier, widest) + "  " + timeline;
    if (keys[index] && static_cast<std::size_t>(twin - keys.begin()) < index)
      text += "   in order with " + std::to_string(twin - keys.begin());
    if (!keys[index]) text += "   runs alone";
    text += '\n';
  }
  return text;
}

std::string numbers(const std::vector<std::size_t>& choices) {
  std::string text;
  for (const std::size_t choice : choices) {
    if (!text.empty()) text += ' ';
    text += std::to_string(choice);
  }
  return text.empty() ? "always the one that waited longest" : text;
}

}  // namespace

ConcurrencyReport::ConcurrencyReport(int schedules, std::uint64_t seed, std::string replay_command,
                                     ConcurrencyCounterexample found)
    : schedules_(schedules),
      seed_(seed),
      replay_command_(std::move(replay_command)),
      counterexample_(std::move(found)) {}

std::string ConcurrencyReport::text() const {
  if (schedules_ == 0) return "batchproof: nothing was proved, since no schedule was run";
  if (passed()) {
    return "batchproof: every law of concurrency held under " + std::to_string(schedules_) +
           " schedules, seed " + std::to_string(seed_);
  }
  std::string text = "batchproof: the law " + counterexample_.law + " is violated\n  found in schedule " +
                     std::to_string(counterexample_.found_in) + "\n\n  law       " +
                     counterexample_.sentence + "\n  source    " +
                     std::string(fixtures::name(counterexample_.batch_case.source)) + ", at most " +
                     std::to_string(counterexample_.max_concurrency) + " together\n  pattern   " +
                     counterexample_.batch_case.pattern() + "\n  schedule  " +
                     numbers(counterexample_.choices) + "\n\n" + table(counterexample_) + '\n';
  for (const std::string& violation : counterexample_.violations) {
    text += "  violated  ";
    text += violation;
    text += '\n';
  }
  return text + "\n  repeat it with\n  " + replay_command_;
}

}  // namespace batchproof::properties
