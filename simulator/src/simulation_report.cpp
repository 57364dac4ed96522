#include <batchproof/fixtures/wording.hpp>
#include <batchproof/simulator/simulation_report.hpp>

namespace batchproof::simulator {
namespace {

using fixtures::counted;

std::string figures_of(const FinishedWorld& finished) {
  const Summary summary = summary_of(finished);
  return counted(summary.messages, "message") + ": " + std::to_string(summary.processed) + " processed, " +
         std::to_string(summary.dead_lettered) + " dead-lettered (" + std::to_string(summary.never_tried) +
         " never tried), " + std::to_string(summary.expired) + " expired, " + std::to_string(summary.lost) +
         " lost, after " + std::to_string(summary.redeliveries) + " redeliveries";
}

}  // namespace

std::string text_of_law(std::string_view id, std::string_view sentence, std::string_view aws_page,
                        const std::vector<std::string>& violations) {
  std::string text = "batchproof: the law " + std::string(id) +
                     (violations.empty() ? " is flaky: violated once, not when its world ran again\n\n"
                                         : " is violated\n\n");
  text += "  law       " + std::string(sentence) + "\n";
  if (!aws_page.empty()) text += "  AWS page  " + std::string(aws_page) + "\n";
  for (const std::string& violation : violations) text += "  violated  " + violation + "\n";
  return text;
}

std::string text_of_trace(const Trace& trace, bool was_search_cut, bool is_flaky) {
  constexpr std::size_t most_lines = 60;
  std::string text =
      is_flaky ? "\n  what happened when it ran again; does the subject keep state between worlds?\n\n"
      : was_search_cut
          ? "\n  a world that violates it, and what happens there; the search for a smaller "
            "one was given up, since crashes, time-outs or starts of the function took too long:\n\n"
          : "\n  the smallest world that violates it, and what happens there:\n\n";
  for (std::size_t line = 0; line < trace.lines.size(); ++line) {
    if (line == most_lines) return text + "  and " + counted(trace.lines.size() - line, "line") + " more\n";
    text += "  " + trace.lines[line] + "\n";
  }
  return text;
}

std::string SimulationReport::text() const {
  if (counterexample_) return counterexample_->text();
  const std::string laws = only_law_ != nullptr ? "the law " + std::string(only_law_->id) : "every law";
  const std::string shard = shard_.is_whole() ? "" : ", shard " + to_text(shard_);
  if (worlds_ == 0) return "batchproof: no world was run, and no law was judged" + shard;
  if (worlds_ > 1 || !shard.empty())
    return "batchproof: " + laws + " held in " + counted(worlds_, "world") + shard;
  return "batchproof: " + laws + " held\n  " + figures_of(finished_) + "\n";
}

Verdict SimulationReport::expect_no_loss() const {
  if (worlds_ == 0) return {false, text()};
  if (only_law_ != nullptr && !only_law_->is_about_loss) {
    return {false, "batchproof: only the law " + std::string(only_law_->id) +
                       " judged the worlds, so nobody looked for lost messages; leave `law` empty\n"};
  }
  if (!counterexample_ || !counterexample_->law->is_about_loss)
    return {true, "batchproof: no message was lost\n"};
  return {false, text()};
}

}  // namespace batchproof::simulator
