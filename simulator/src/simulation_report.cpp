#include <batchproof/simulator/simulation_report.hpp>

namespace batchproof::simulator {
namespace {

std::string count_of(std::uint64_t count, const std::string& what) {
  return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

std::string figures_of(const FinishedWorld& finished) {
  const Summary summary = summary_of(finished);
  return count_of(summary.messages, "message") + ": " + std::to_string(summary.processed) + " processed, " +
         std::to_string(summary.dead_lettered) + " dead-lettered (" + std::to_string(summary.never_tried) +
         " never tried), " + std::to_string(summary.expired) + " expired, " + std::to_string(summary.lost) +
         " lost, after " + std::to_string(summary.redeliveries) + " redeliveries";
}

std::string text_of(const BrokenLife& broken) {
  constexpr std::size_t most_lines = 60;
  std::string text = "batchproof: the law " + std::string(broken.law->id) + " is broken\n\n";
  text += "  law       " + std::string(broken.law->sentence) + "\n";
  text += "  AWS page  " + std::string(broken.law->aws_page) + "\n";
  for (const std::string& violation : broken.violations) text += "  violated  " + violation + "\n";
  text += "\n  found in  " + to_json(broken.found_in) +
          "\n  the smallest world that breaks it, and what happens there:\n\n";
  for (std::size_t line = 0; line < broken.trace.lines.size(); ++line) {
    if (line == most_lines) {
      text += "  and " + count_of(broken.trace.lines.size() - line, "line") + " more\n";
      break;
    }
    text += "  " + broken.trace.lines[line] + "\n";
  }
  return text;
}

}  // namespace

std::string SimulationReport::text() const {
  if (broken_) return text_of(*broken_);
  if (worlds_ == 0) return "batchproof: nothing was proved, since no world was run";
  if (worlds_ > 1) return "batchproof: every law held in " + count_of(worlds_, "world");
  return "batchproof: every law held\n  " + figures_of(finished_) + "\n";
}

Verdict SimulationReport::expect_no_loss() const {
  if (worlds_ == 0) return {false, text()};
  if (!broken_ || !speaks_of_loss(*broken_->law)) return {true, "batchproof: nothing was lost\n"};
  return {false, text()};
}

}  // namespace batchproof::simulator
