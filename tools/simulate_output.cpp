#include "simulate_output.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <batchproof/fixtures/json_text.hpp>

#include "json_output.hpp"
#include "table.hpp"
#include "terminal.hpp"
#include "wording.hpp"
#include "wrapped_text.hpp"

namespace batchproof::tools {
namespace {

using simulator::Summary;

/// A virtual time by its two largest units.
std::string text_of(std::chrono::milliseconds time) {
  const auto count = time.count();
  if (count < 60'000) return fmt::format("{:.1f} s", static_cast<double>(count) / 1000);
  if (count < 3'600'000) return fmt::format("{} min {} s", count / 60'000, count / 1000 % 60);
  return fmt::format("{} h {} min", count / 3'600'000, count / 60'000 % 60);
}

struct Figure {
  const char* name;
  std::string (*of)(const Summary& summary);
  bool is_bad = false;   ///< when it is not 0
  bool is_known = true;  ///< also of a function that is known by its answers alone
};

constexpr Figure shown_figures[] = {
    {"messages", [](const Summary& summary) { return with_commas(summary.messages); }},
    {"invocations", [](const Summary& summary) { return with_commas(summary.invocations); }},
    {"delivered", [](const Summary& summary) { return with_commas(summary.deliveries); }},
    {"processed", [](const Summary& summary) { return with_commas(summary.processed); }},
    {"dead-lettered", [](const Summary& summary) { return with_commas(summary.dead_lettered); }},
    {"  never tried", [](const Summary& summary) { return with_commas(summary.never_tried); }, false, false},
    {"expired", [](const Summary& summary) { return with_commas(summary.expired); }},
    {"lost", [](const Summary& summary) { return with_commas(summary.lost); }, true},
    {"redeliveries", [](const Summary& summary) { return with_commas(summary.redeliveries); }},
    {"handler calls", [](const Summary& summary) { return with_commas(summary.handler_calls); }, false,
     false},
    {"  wasted", [](const Summary& summary) { return with_commas(summary.wasted_calls); }, false, false},
    {"virtual time to rest", [](const Summary& summary) { return text_of(summary.time_to_rest); }},
};

/// Numbers are aligned on the right.
std::string in_column(const std::string& text, const SimulatedRun& run) {
  return fmt::format("{:>{}}", text, std::max<std::size_t>(run.name.size(), 12));
}

std::string table_of_figures(const std::vector<SimulatedRun>& runs, bool colour) {
  Row heading{{""}};
  for (const SimulatedRun& run : runs) heading.push_back({in_column(run.name, run)});
  std::vector<Row> rows{heading};
  const bool is_all_known = !runs.front().report.finished().world.calls_are_assumed;
  for (const Figure& figure : shown_figures) {
    if (!figure.is_known && !is_all_known) continue;
    Row row{{figure.name}};
    for (const SimulatedRun& run : runs) {
      const std::string value = figure.of(simulator::summary_of(run.report.finished()));
      const bool is_bad = figure.is_bad && value != "0";
      row.push_back({in_column(value, run), is_bad ? Tone::bad : Tone::plain});
    }
    rows.push_back(std::move(row));
  }
  const std::string lines = table(rows, colour);
  return runs.size() > 1 ? lines : lines.substr(lines.find('\n') + 1);
}

/// Nobody knows how often a function called its handler that is known by its answers alone.
nlohmann::ordered_json json_of_figures(const simulator::FinishedWorld& finished) {
  const Summary summary = simulator::summary_of(finished);
  const auto if_known = [&](std::uint64_t calls) {
    return finished.world.calls_are_assumed ? nlohmann::ordered_json() : nlohmann::ordered_json(calls);
  };
  return {{"messages", summary.messages},
          {"invocations", summary.invocations},
          {"delivered", summary.deliveries},
          {"processed", summary.processed},
          {"dead_lettered", summary.dead_lettered},
          {"never_tried", if_known(summary.never_tried)},
          {"expired", summary.expired},
          {"lost", summary.lost},
          {"redeliveries", summary.redeliveries},
          {"handler_calls", if_known(summary.handler_calls)},
          {"wasted_handler_calls", if_known(summary.wasted_calls)},
          {"virtual_ms_to_rest", summary.time_to_rest.count()}};
}

}  // namespace

std::string text_of(const std::vector<SimulatedRun>& runs, bool colour, Reader reader) {
  const simulator::SimulationReport& first = runs.front().report;
  std::string text = table_of_figures(runs, colour) + "\n";
  if (!first.passed()) text += wrapped_report(first.text(), reader) + "\n";
  return text +
         fmt::format("{}, seed {}\n",
                     paint(first.passed() ? "Every law held" : fmt::format("{} violated", first.broken_law()),
                           first.passed() ? Tone::good : Tone::bad, colour),
                     first.finished().world.seed);
}

std::string json_of(const std::vector<SimulatedRun>& runs, const std::vector<std::string>& notes) {
  nlohmann::ordered_json json = begin_json_output();
  json["passed"] = runs.front().report.passed();
  json["notes"] = notes;
  json["world"] = fixtures::parse_ordered_json(to_json(runs.front().report.finished().world));
  for (const SimulatedRun& run : runs) {
    nlohmann::ordered_json run_json;
    if (!run.name.empty()) run_json["name"] = run.name;
    run_json["broken_law"] = run.report.passed() ? nlohmann::ordered_json(nullptr)
                                                 : nlohmann::ordered_json(run.report.broken_law());
    run_json["figures"] = json_of_figures(run.report.finished());
    if (const auto* const broken = run.report.counterexample()) {
      run_json["violations"] = broken->violations;
      run_json["violations_were_cut"] = broken->may_be_more;
      run_json["search_was_cut"] = broken->was_search_cut;
      run_json["smallest_world"] = fixtures::parse_ordered_json(to_json(broken->smallest));
      run_json["trace"] = nlohmann::ordered_json::array();
      for (const std::string& line : broken->trace.lines)
        run_json["trace"].push_back(fixtures::parse_ordered_json(line));
    }
    json["runs"].push_back(std::move(run_json));
  }
  return to_text(json);
}

}  // namespace batchproof::tools
