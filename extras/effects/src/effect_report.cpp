#include <algorithm>
#include <batchproof/effects/effect_report.hpp>
#include <utility>

namespace batchproof::effects {
namespace {

std::string text_of(const EffectCounterexample& found) {
  constexpr std::size_t most_lines = 60;
  std::string text =
      "batchproof: the law " + found.law + " is violated\n\n  law       " + found.sentence + "\n";
  for (const std::string& violation : found.violations) text += "  violated  " + violation + "\n";
  text += "\n  found in  " + to_json(found.found_in) +
          "\n  the smallest world that violates it, and what happens there:\n\n";
  const std::size_t shown = std::min(found.trace.size(), most_lines);
  for (std::size_t line = 0; line < shown; ++line) text += "  " + found.trace[line] + "\n";
  if (shown < found.trace.size())
    text += "  and " + std::to_string(found.trace.size() - shown) + " lines more\n";
  return text;
}

}  // namespace

EffectReport::EffectReport(int worlds, std::uint64_t seed, std::string replay_command,
                           EffectCounterexample counterexample)
    : worlds_(worlds),
      seed_(seed),
      replay_command_(std::move(replay_command)),
      counterexample_(std::move(counterexample)) {}

std::string EffectReport::text() const {
  if (worlds_ == 0) return "batchproof: nothing was proved, since no world was run";
  if (passed()) {
    return "batchproof: every law of effects held in " + std::to_string(worlds_) + " worlds, seed " +
           std::to_string(seed_);
  }
  return text_of(counterexample_) + "\n  repeat it with\n  " + replay_command_;
}

}  // namespace batchproof::effects
