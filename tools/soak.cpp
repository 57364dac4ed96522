#include "soak.hpp"

#include <fmt/core.h>

#include <batchproof/fixtures/printable.hpp>
#include <batchproof/fixtures/source_info.hpp>
#include <batchproof/simulator.hpp>
#include <batchproof/version.hpp>
#include <chrono>
#include <string>
#include <vector>

#include "json_output.hpp"
#include "options.hpp"
#include "output.hpp"
#include "progress_line.hpp"
#include "simulated_subject.hpp"
#include "wording.hpp"

namespace batchproof::tools {
namespace {

const std::vector<fixtures::Source>& soaked_sources() {
  static const std::vector<fixtures::Source> sources = [] {
    std::vector<fixtures::Source> all;
    for (const std::string& name : source_names()) all.push_back(source_of(name));
    return all;
  }();
  return sources;
}

/// Half of the worlds use the other mode of their source's processor. Windows have no modes.
fixtures::ProcessorClaims claims_of_world(fixtures::Source source, std::uint64_t seed) {
  const auto& modes = fixtures::info_of(source).modes;
  if (modes.empty()) return {};
  return modes[seed / soaked_sources().size() % 2 % modes.size()].claims;
}

simulator::SimulationReport one_world(fixtures::Source source, std::uint64_t seed) {
  const SimulatedSubject processor = simulated_subject("", source, claims_of_world(source, seed));
  return simulator::simulate_random_worlds(
      processor.make, source, processor.claims,
      {.worlds = 1, .seed = seed, .most_messages = 200, .shard = fixtures::Shard()});
}

}  // namespace

int soak(const SoakOptions& options) {
  const auto start = std::chrono::steady_clock::now();
  const std::uint64_t deliveries = options.shard.part_of(options.deliveries);
  const std::uint64_t worlds = options.shard.part_of(options.worlds);
  ProgressLine line;
  line.begin(options.deliveries > 0
                 ? fmt::format("{} deliveries, seed {}", with_commas(deliveries), options.seed)
                 : fmt::format("{} worlds, seed {}", with_commas(worlds), options.seed));
  SoakResult result;
  const auto goes_on = [&] {
    if (!result.broken_law.empty()) return false;
    return options.deliveries > 0 ? result.deliveries < deliveries : result.worlds < worlds;
  };
  while (goes_on()) {
    const std::uint64_t number = options.shard.number(result.worlds++);
    const auto source = soaked_sources()[number % soaked_sources().size()];
    const auto report = one_world(source, options.seed + number);
    if (!report.passed()) {
      result.broken_law = report.broken_law();
      result.violation = report.text();
    }
    result.deliveries += simulator::summary_of(report.finished()).deliveries;
    line.update(
        fmt::format("{} of", with_commas(options.deliveries > 0 ? result.deliveries : result.worlds)));
  }
  result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  print(options.json ? json_of(options, result) : text_of(options, result));
  return result.broken_law.empty() && result.worlds > 0 ? 0 : 1;
}

std::string text_of(const SoakOptions& options, const SoakResult& result) {
  if (!result.broken_law.empty()) {
    const std::string shard = result.found_by ? "found by shard " + to_text(*result.found_by) + "\n" : "";
    return shard + fixtures::printable_lines(result.violation) + "\n";
  }
  return fmt::format("{}: {} deliveries in {} random worlds of {} sources, seed {}{}, {:.1f} s\n",
                     result.worlds > 0 ? "Every law held" : "Nothing is proved",
                     with_commas(result.deliveries), with_commas(result.worlds), soaked_sources().size(),
                     options.seed, options.shard.is_whole() ? "" : ", shard " + to_text(options.shard),
                     result.seconds);
}

std::string json_of(const SoakOptions& options, const SoakResult& result) {
  nlohmann::ordered_json json = begin_json_output();
  json["batchproof"] = BATCHPROOF_VERSION;
  json["passed"] = result.broken_law.empty() && result.worlds > 0;
  json["seed"] = options.seed;
  json["shard"] = to_text(options.shard);
  json["deliveries_wanted"] = options.deliveries;
  json["worlds_wanted"] = options.worlds;
  json["deliveries"] = result.deliveries;
  json["worlds"] = result.worlds;
  json["seconds"] = result.seconds;
  const bool is_violated = !result.broken_law.empty();
  const auto where_violated = [&](const std::string& text) {
    return is_violated ? nlohmann::ordered_json(text) : nlohmann::ordered_json(nullptr);
  };
  json["broken_law"] = where_violated(result.broken_law);
  json["violation"] = where_violated(result.violation);
  json["found_by"] = where_violated(to_text(result.found_by.value_or(options.shard)));
  return to_text(json);
}

SoakOptions soak_options_in(const nlohmann::ordered_json& json) {
  return {.deliveries = json.at("deliveries_wanted"),
          .worlds = json.at("worlds_wanted"),
          .seed = json.at("seed"),
          .shard = fixtures::parse_shard(json.at("shard").get<std::string>())};
}

SoakResult soak_result_in(const nlohmann::ordered_json& json) {
  SoakResult result{
      .deliveries = json.at("deliveries"), .worlds = json.at("worlds"), .seconds = json.at("seconds")};
  if (json.at("broken_law").is_null()) return result;
  result.broken_law = json["broken_law"];
  result.violation = json.at("violation");
  result.found_by = fixtures::parse_shard(json.at("found_by").get<std::string>());
  return result;
}

}  // namespace batchproof::tools
