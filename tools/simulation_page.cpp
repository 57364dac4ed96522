#include "simulation_page.hpp"

#include <batchproof/fixtures/json_text.hpp>
#include <batchproof/fixtures/source_info.hpp>
#include <nlohmann/json.hpp>
#include <string_view>

#include "page_template.hpp"
#include "usage_error.hpp"
#include "wording.hpp"

namespace batchproof::tools {
namespace {

/// JSON that is safe in a script element, which any "</script" would end.
std::string without_markup(const std::string& json) {
  std::string text;
  text.reserve(json.size());
  for (const char character : json) {
    if (character == '<') {
      text += "\\u003c";
    } else {
      text += character;
    }
  }
  return text;
}

}  // namespace

void demand_page_template() {
  if (page_template().empty())
    throw UsageError(
        "--html needs Chart.js, which was not there when batchproof was built: install Debian's "
        "libjs-chart.js, and build again");
}

std::string page_of(const std::vector<SimulatedRun>& runs, const std::vector<std::string>& notes,
                    WorldHistory& history, const std::string& subject) {
  constexpr std::string_view mark = "%DATA%";
  demand_page_template();
  const simulator::FinishedWorld& finished = runs.front().report.finished();
  const nlohmann::json source = with_article(fixtures::info_of(finished.world.source).title);
  const std::string data = R"({"subject":)" + fixtures::to_text(nlohmann::json(subject)) + R"(,"source":)" +
                           fixtures::to_text(source) + R"(,"report":)" + json_of(runs, notes) +
                           R"(,"history":)" + history.json(finished) + '}';
  std::string page = page_template();
  page.replace(page.find(mark), mark.size(), without_markup(data));
  return page;
}

}  // namespace batchproof::tools
