#include <algorithm>
#include <batchproof/fixtures/json_text.hpp>
#include <batchproof/fixtures/printable.hpp>
#include <batchproof/properties/conformance.hpp>
#include <batchproof/properties/html_report.hpp>
#include <nlohmann/json.hpp>
#include <utility>

#include "../saved/written_file.hpp"
#include "build_info.hpp"

namespace batchproof::properties {

bool all_passed(std::span<const NamedReport> reports) {
  return !reports.empty() && std::all_of(reports.begin(), reports.end(),
                                         [](const NamedReport& named) { return named.report.passed(); });
}

std::string conformance_json(std::span<const NamedReport> reports) {
  using nlohmann::ordered_json;
  auto runs = ordered_json::array();
  for (const NamedReport& named : reports) {
    auto sources = ordered_json::array();
    for (const fixtures::Source source : named.sources) sources.push_back(fixtures::name(source));
    runs.push_back({{"subject", named.subject},
                    {"mode", named.mode},
                    {"sources", std::move(sources)},
                    {"report", fixtures::parse_ordered_json(to_json(named.report))}});
  }
  ordered_json json{{"schema_version", json_schema_version},
                    {"batchproof", version},
                    {"compiler", compiler},
                    {"passed", all_passed(reports)},
                    {"seed", nullptr}};
  if (!reports.empty()) json["seed"] = reports.front().report.seed();
  json["runs"] = std::move(runs);
  return fixtures::without_controls(fixtures::to_valid_text(json, 2)) + "\n";
}

void write_conformance(const std::string& folder, std::span<const NamedReport> reports,
                       std::string_view stem) {
  write_file(folder, std::string(stem) + ".json", conformance_json(reports));
  write_file(folder, std::string(stem) + ".html", html_report(reports));
}

}  // namespace batchproof::properties
