// `batchproof merge`: reads the reports of all shards of a run, checks that they belong together, and makes
// one report of them.
//
//     const std::vector<ShardFile> files = read_shards(options.paths);
//     return merge_verifications(files, options);

#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <batchproof/fixtures/json_text.hpp>
#include <batchproof/properties/conformance.hpp>
#include <batchproof/properties/merge_reports.hpp>
#include <batchproof/version.hpp>
#include <memory>
#include <numeric>

#include "command.hpp"
#include "json_output.hpp"
#include "options.hpp"
#include "output.hpp"
#include "read_input.hpp"
#include "soak.hpp"
#include "terminal.hpp"
#include "usage_error.hpp"
#include "verify_output.hpp"
#include "zoo_output.hpp"

namespace batchproof::tools {
namespace {

using nlohmann::ordered_json;

constexpr const char* about_merge = "Merge the reports of several machines";

constexpr const char* merge_footer =
    R"(Each file is what verify, zoo or simulate with --shard and --json printed, or the
conformance.json of verify --report, or the JSON that BATCHPROOF_REPORT makes a test
write. All shards of one run are needed, each once: of the same version, with the same
seed, cases, sources, options and payloads. Cases are added; of violations the first is
shown, with its shard.

Examples:
  batchproof verify --seed 42 --shard 0/2 --json > shard-0.json
  batchproof verify --seed 42 --shard 1/2 --json > shard-1.json   (elsewhere)
  batchproof merge shard-0.json shard-1.json
  batchproof merge shard-*.json --report report   (report/conformance.html)

Status: 0 when every law held, 1 when one was violated or nothing was proved, 2 when the
files are not all shards of one run.)";

struct MergeOptions {
  std::vector<std::string> paths{};
  bool json = false;
  std::string report_folder{};  ///< as in verify
};

enum class ReportKind { verification, zoo, soak };

/// The report of one shard.
struct ShardFile {
  std::string path;
  ReportKind kind{};
  fixtures::Shard shard{};
  ordered_json json{};
};

[[noreturn]] void refuse_file(const std::string& path, const std::string& reason) {
  throw UsageError(fmt::format("{} {}", path, reason));
}

ReportKind kind_of(const ordered_json& json) {
  if (json.contains("runs") && json.contains("compiler")) return ReportKind::verification;
  if (json.contains("faults")) return ReportKind::zoo;
  if (json.contains("worlds_wanted")) return ReportKind::soak;
  throw std::runtime_error("it is not of verify, zoo, or simulate with --soak or --worlds");
}

/// The whole for a report that was merged, whatever shards its runs name.
fixtures::Shard shard_in(const ordered_json& json) {
  if (!json.contains("runs")) return fixtures::parse_shard(json.at("shard").get<std::string>());
  for (const ordered_json& run : json["runs"])
    if (run.at("report").value("merged", false)) return {};
  const ordered_json& shard = json["runs"].at(0).at("report").at("shard");
  for (const ordered_json& run : json["runs"])
    if (run.at("report").at("shard") != shard) throw std::runtime_error("its runs are of several shards");
  return fixtures::parse_shard(shard.get<std::string>());
}

ShardFile read_shard(const std::string& path) {
  ShardFile file{.path = path};
  const std::string text = read_text(path, {512, "no report is as large"});
  if (!fixtures::is_json(text)) refuse_file(path, "is not a report: it is not JSON");
  try {
    file.json = fixtures::parse_shallow_json(text);
    file.kind = kind_of(file.json);
    const auto version = file.json.at("batchproof").get<std::string>();
    if (version != BATCHPROOF_VERSION)
      refuse_file(path, fmt::format("is of batchproof {}, and this is {}", version, BATCHPROOF_VERSION));
    file.shard = shard_in(file.json);
  } catch (const UsageError&) {
    throw;
  } catch (const std::exception& error) {
    refuse_file(path, fmt::format("is not a report: {}", error.what()));
  }
  if (file.shard.is_whole())
    refuse_file(path, "is of a whole run, or already merged from all its shards: there is nothing to merge");
  return file;
}

std::string list_of_shards(const std::vector<fixtures::Shard>& shards) {
  constexpr std::size_t most = 10;
  std::string text;
  for (std::size_t index = 0; index < std::min(shards.size(), most); ++index)
    text += (index == 0 ? "" : ", ") + to_text(shards[index]);
  return shards.size() > most ? fmt::format("{} and {} more", text, shards.size() - most) : text;
}

/// All shards of one run, in their order.
std::vector<ShardFile> read_shards(const std::vector<std::string>& paths) {
  std::vector<ShardFile> files;
  files.reserve(paths.size());
  for (const std::string& path : paths) files.push_back(read_shard(path));
  const ShardFile first = files.front();
  std::stable_sort(files.begin(), files.end(), [](const ShardFile& one, const ShardFile& other) {
    return one.shard.index < other.shard.index;
  });
  for (std::size_t place = 0; place < files.size(); ++place) {
    const ShardFile& file = files[place];
    if (file.kind != first.kind) refuse_file(file.path, "is of another command than " + first.path);
    if (file.shard.count != first.shard.count)
      refuse_file(file.path, fmt::format("is of shard {}, and {} of shard {}: they are not of one run",
                                         to_text(file.shard), first.path, to_text(first.shard)));
    if (place > 0 && files[place - 1].shard == file.shard)
      refuse_file(file.path,
                  fmt::format("is of shard {}, and so is {}", to_text(file.shard), files[place - 1].path));
  }
  std::vector<fixtures::Shard> missing;
  auto next = files.begin();
  for (std::size_t index = 0; index < first.shard.count; ++index) {
    if (next != files.end() && next->shard.index == index) {
      ++next;
    } else {
      missing.push_back({.index = index, .count = first.shard.count});
    }
  }
  if (!missing.empty())
    throw UsageError(fmt::format("{} of {} shards {} missing: {}", missing.size(), first.shard.count,
                                 missing.size() == 1 ? "is" : "are", list_of_shards(missing)));
  return files;
}

/// The results of `read` for each file. An exception becomes one line that names the file.
template <class Read>
auto read_each(const std::vector<ShardFile>& files, const Read& read) {
  std::vector<decltype(read(files.front().json))> values;
  for (const ShardFile& file : files) {
    try {
      values.push_back(read(file.json));
    } catch (const std::exception& error) {
      refuse_file(file.path, fmt::format("is not a report: {}", error.what()));
    }
  }
  return values;
}

int merge_verifications(const std::vector<ShardFile>& files, const MergeOptions& options) {
  const auto shards = read_each(
      files, [](const ordered_json& json) { return properties::read_conformance(fixtures::to_text(json)); });
  const auto seconds = read_each(files, [](const ordered_json& json) { return json.value("seconds", 0.0); });
  VerifyResult whole{.findings = {}};
  // The first file is compared with each other one separately, so that an error can name both.
  for (std::size_t other = 1; other < shards.size(); ++other) {
    try {
      const std::vector<std::vector<properties::NamedReport>> two{shards.front(), shards[other]};
      static_cast<void>(properties::merge_reports(two));
    } catch (const std::runtime_error& error) {
      refuse_file(files[other].path, fmt::format("does not fit {}: {}", files.front().path, error.what()));
    }
  }
  whole.findings = properties::merge_reports(shards);
  whole.seed = shards.front().front().report.seed();
  whole.seconds = std::accumulate(seconds.begin(), seconds.end(), 0.0);
  print(options.json ? json_of(whole) : text_of(whole, wants_colour(stdout), reader_of(stdout)));
  write_report(options.report_folder, whole, !options.json);
  return whole.passed() ? 0 : 1;
}

int merge_zoo(const std::vector<ShardFile>& files, const MergeOptions& options) {
  const auto shards = read_each(files, zoo_run_in);
  try {
    const ZooRun whole = merged_runs(shards);
    print(options.json ? json_of(whole) : text_of(whole, wants_colour(stdout)));
    return whole.gaps.empty() ? 0 : 1;
  } catch (const std::runtime_error& error) {
    throw UsageError(fmt::format("the reports do not fit together: {}", error.what()));
  }
}

int merge_soak(const std::vector<ShardFile>& files, const MergeOptions& options) {
  const auto limits = read_each(files, soak_options_in);
  const auto results = read_each(files, soak_result_in);
  SoakOptions whole = limits.front();
  whole.shard = {};
  SoakResult sum;
  for (std::size_t place = 0; place < files.size(); ++place) {
    const SoakOptions& limit = limits[place];
    if (limit.seed != whole.seed)
      refuse_file(files[place].path, fmt::format("does not fit {}: its seed is {}, not {}",
                                                 files.front().path, limit.seed, whole.seed));
    if (limit.deliveries != whole.deliveries || limit.worlds != whole.worlds)
      refuse_file(files[place].path,
                  fmt::format("does not fit {}: its --soak or --worlds is another", files.front().path));
    sum.deliveries += results[place].deliveries;
    sum.worlds += results[place].worlds;
    sum.seconds += results[place].seconds;
    if (!sum.broken_law.empty() || results[place].broken_law.empty()) continue;
    sum.broken_law = results[place].broken_law;
    sum.violation = results[place].violation;
    sum.found_by = results[place].found_by;
  }
  print(options.json ? json_of(whole, sum) : text_of(whole, sum));
  return sum.broken_law.empty() && sum.worlds > 0 ? 0 : 1;
}

int merge(const MergeOptions& options) {
  const std::vector<ShardFile> files = read_shards(options.paths);
  const ReportKind kind = files.front().kind;
  if (!options.report_folder.empty() && kind != ReportKind::verification)
    throw UsageError("--report is for reports of verify");
  if (kind == ReportKind::zoo) return merge_zoo(files, options);
  if (kind == ReportKind::soak) return merge_soak(files, options);
  return merge_verifications(files, options);
}

}  // namespace

void add_merge(CLI::App& app, Action& action) {
  const auto options = std::make_shared<MergeOptions>();
  CLI::App& command = *app.add_subcommand("merge", about_merge);
  command.add_option("report", options->paths, "The files of the reports, one of each shard")
      ->required()
      ->type_name("FILE");
  command.add_flag("--json", options->json, "Print one JSON object");
  command
      .add_option("--report", options->report_folder,
                  "Of verify: write conformance.json and conformance.html into this folder")
      ->check(not_empty)
      ->type_name("FOLDER");
  command.footer(merge_footer);
  command.callback([options, &action] { action = [options] { return merge(*options); }; });
}

}  // namespace batchproof::tools
