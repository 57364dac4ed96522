#include <algorithm>
#include <batchproof/properties/conformance.hpp>
#include <batchproof/properties/html_report.hpp>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <system_error>
#include <utility>

#include "build_info.hpp"

namespace batchproof::properties {
namespace {

using nlohmann::ordered_json;

void write_report_file(const std::filesystem::path& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary);
  file << text;
  file.close();
  if (!file) throw std::runtime_error("the report cannot be written to " + path.string());
}

}  // namespace

bool all_passed(std::span<const NamedReport> reports) {
  return !reports.empty() && std::all_of(reports.begin(), reports.end(),
                                         [](const NamedReport& named) { return named.report.passed(); });
}

std::string conformance_json(std::span<const NamedReport> reports) {
  auto runs = ordered_json::array();
  for (const NamedReport& named : reports) {
    auto sources = ordered_json::array();
    for (const fixtures::Source source : named.sources) sources.push_back(fixtures::name(source));
    runs.push_back({{"subject", named.subject},
                    {"mode", named.mode},
                    {"sources", std::move(sources)},
                    {"report", ordered_json::parse(to_json(named.report))}});
  }
  ordered_json json{{"batchproof", version()},
                    {"compiler", compiler()},
                    {"passed", all_passed(reports)},
                    {"seed", nullptr}};
  if (!reports.empty()) json["seed"] = reports.front().report.seed();
  json["runs"] = std::move(runs);
  return json.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

void write_conformance(const std::string& folder, std::span<const NamedReport> reports,
                       std::string_view stem) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) throw std::runtime_error("the folder " + folder + " cannot be made: " + error.message());
  const std::filesystem::path place(folder);
  write_report_file(place / (std::string(stem) + ".json"), conformance_json(reports));
  write_report_file(place / (std::string(stem) + ".html"), html_report(reports));
}

}  // namespace batchproof::properties
