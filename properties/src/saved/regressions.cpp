#include <algorithm>
#include <array>
#include <batchproof/properties/law.hpp>
#include <batchproof/properties/regressions.hpp>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <stdexcept>
#include <utility>

#include "../evidence/text.hpp"
#include "../report/written_file.hpp"
#include "event_records.hpp"

namespace batchproof::properties {
namespace {

using fixtures::BatchCase;
using fixtures::ProcessorClaims;
using nlohmann::ordered_json;
namespace fs = std::filesystem;

constexpr std::string_view event_end = ".json";
constexpr std::string_view case_end = ".case.json";

/// FNV-1a: the same everywhere and forever, as file names must be.
std::uint64_t hash_of(std::string_view bytes) {
  std::uint64_t hash = 0xCBF29CE484222325U;
  for (const char byte : bytes) hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001B3U;
  return hash;
}

std::string name_of(std::string_view law, const Counterexample& found) {
  std::ostringstream name;
  name << law << '-' << std::hex
       << hash_of(found.mode + '\n' + found.batch_case.pattern() + '\n' + found.observation.payload);
  return name.str();
}

struct Claim {
  const char* name;
  bool ProcessorClaims::*value;
};
constexpr std::array claims_by_name{
    Claim{"skip_group_on_error", &ProcessorClaims::skip_group_on_error},
    Claim{"raise_on_entire_batch_failure", &ProcessorClaims::raise_on_entire_batch_failure},
    Claim{"reports_every_failure", &ProcessorClaims::reports_every_failure},
    Claim{"stop_on_first_failure", &ProcessorClaims::stop_on_first_failure}};

constexpr const char* reserve_milliseconds = "reserve_milliseconds";

/// Those that are not as they are by default.
ordered_json options_of(const ProcessorClaims& claims) {
  auto options = ordered_json::object();
  for (const auto& [name, value] : claims_by_name) {
    if (claims.*value != ProcessorClaims().*value) options[name] = claims.*value;
  }
  if (claims.reserve) options[reserve_milliseconds] = claims.reserve->count();
  return options;
}

/// A number that nlohmann would convert in silence: 1e300, -1 and 2.5 too.
std::uint64_t whole_number(const ordered_json& json, const std::string& name, std::uint64_t largest) {
  if (!json.is_number_unsigned() || json.get<std::uint64_t>() > largest) {
    throw std::runtime_error("\"" + name + "\" is " + json.dump() + ", and not a whole number from 0 to " +
                             std::to_string(largest));
  }
  return json.get<std::uint64_t>();
}

ProcessorClaims claims_of(const ordered_json& options) {
  constexpr std::uint64_t longest_invocation_ms = 900'000;  // "Lambda quotas", AWS Lambda developer guide
  ProcessorClaims claims;
  for (const auto& [name, value] : claims_by_name) claims.*value = options.value(name, claims.*value);
  if (options.contains(reserve_milliseconds)) {
    claims.reserve = std::chrono::milliseconds(
        whole_number(options.at(reserve_milliseconds), reserve_milliseconds, longest_invocation_ms));
  }
  return claims;
}

/// As text where it is that, else as numbers.
ordered_json json_of_bytes(const std::string& bytes) {
  if (is_utf8(bytes)) return bytes;
  auto numbers = ordered_json::array();
  for (const char byte : bytes) numbers.push_back(static_cast<unsigned char>(byte));
  return numbers;
}

std::string bytes_of(const ordered_json& json) {
  if (json.is_string()) return json.get<std::string>();
  std::string bytes;
  for (const auto& number : json) bytes += static_cast<char>(whole_number(number, "fields", 255));
  return bytes;
}

/// What the handler must see of each record: it cannot be known from the event without the decoder that is
/// under test.
ordered_json fields_of(const BatchCase& batch) {
  auto records = ordered_json::array();
  for (const auto& record : batch.records) {
    auto fields = ordered_json::array();
    for (const auto& field : record.fields) fields.push_back({field.name, json_of_bytes(field.value)});
    records.push_back(std::move(fields));
  }
  return records;
}

ordered_json json_of_case(std::string_view law, const ProcessorClaims& claims, const Counterexample& found) {
  ordered_json json{{"about", found.violations.empty() ? "" : found.violations.front()},
                    {"law", law},
                    {"source", fixtures::name(found.batch_case.source)},
                    {"mode", found.mode},
                    {"options", options_of(claims)},
                    {"pattern", found.batch_case.pattern()},
                    {"expected", found.expected}};
  if (found.damaged) {
    auto identifiers = ordered_json::array();
    for (const auto& record : found.batch_case.records) identifiers.push_back(record.item_identifier);
    json["identifiers"] = std::move(identifiers);
  } else if (const Law* const known = find_law(law); known != nullptr && known->needs_fields) {
    json["fields"] = fields_of(found.batch_case);
  }
  return json;
}

/// Reads no further than a limit, since a file may have no end.
std::string read_file(const fs::path& path) {
  constexpr std::size_t most_mebibytes = 64;
  std::ifstream file(path, std::ios::binary);
  std::string bytes;
  std::array<char, 16'384> part{};
  while (file && bytes.size() <= most_mebibytes << 20U) {
    file.read(part.data(), part.size());
    bytes.append(part.data(), static_cast<std::size_t>(file.gcount()));
  }
  if (!file.eof()) {
    throw std::runtime_error("the saved case " + path.string() +
                             (file ? " holds more than " + std::to_string(most_mebibytes) + " MiB"
                                   : std::string(" cannot be read")));
  }
  return bytes;
}

/// The path without what follows the name that both files share.
std::string stem_of(const std::string& path) {
  for (const std::string_view end : {case_end, event_end}) {
    if (path.ends_with(end)) return path.substr(0, path.size() - end.size());
  }
  throw std::runtime_error("a saved case ends in .json: " + path);
}

void read_records(SavedCase& saved, const ordered_json& json) {
  saved.damaged = json.contains("identifiers");
  auto& records = saved.batch_case.records;
  if (saved.damaged) {
    for (const auto& identifier : json["identifiers"])
      records.emplace_back().item_identifier = identifier.get<std::string>();
  } else {
    records = records_of_event(saved.payload, saved.batch_case.source);
  }
  const auto pattern = json.at("pattern").get<std::string>();
  if (pattern.size() != records.size()) {
    throw std::runtime_error("the pattern \"" + pattern + "\" is not as long as the batch, which holds " +
                             std::to_string(records.size()) + " records");
  }
  for (std::size_t index = 0; index < records.size(); ++index)
    records[index].rejected = pattern[index] == 'x';
  if (!json.contains("fields")) return;
  for (std::size_t index = 0; index < records.size(); ++index) {
    for (const auto& field : json["fields"].at(index))
      records[index].fields.push_back({field.at(0).get<std::string>(), bytes_of(field.at(1))});
  }
}

}  // namespace

std::string save_regression(const std::string& folder, std::string_view law, const ProcessorClaims& claims,
                            const Counterexample& counterexample) {
  const std::string name = name_of(law, counterexample);
  const auto description = json_of_case(law, claims, counterexample);
  write_file(folder, name + std::string(case_end),
             description.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n");
  return write_file(folder, name + std::string(event_end), counterexample.observation.payload);
}

SavedCase parse_regression(std::string_view description, std::string payload) try {
  SavedCase saved;
  saved.payload = std::move(payload);
  const auto json = ordered_json::parse(description);
  saved.about = json.value("about", "");
  saved.law = json.at("law").get<std::string>();
  saved.mode = json.value("mode", "");
  saved.claims = claims_of(json.value("options", ordered_json::object()));
  const auto source = json.at("source").get<std::string>();
  const auto found = fixtures::source_named(source);
  if (!found) throw std::runtime_error("there is no source \"" + source + "\"");
  saved.batch_case.source = *found;
  saved.expected = json.value("expected", "");
  read_records(saved, json);
  return saved;
} catch (const ordered_json::exception& error) {
  throw std::runtime_error(error.what());
}

SavedCase load_regression(const std::string& path) {
  const std::string stem = stem_of(path);
  const std::string event_path = stem + std::string(event_end);
  std::string payload = read_file(event_path);
  const std::string description = read_file(stem + std::string(case_end));
  try {
    SavedCase saved = parse_regression(description, std::move(payload));
    saved.path = event_path;
    return saved;
  } catch (const std::exception& error) {
    throw std::runtime_error("the saved case " + stem + std::string(case_end) +
                             " is not one: " + error.what());
  }
}

std::vector<SavedCase> load_regressions(const std::string& folder) {
  if (folder.empty() || !fs::is_directory(folder)) return {};
  std::vector<std::string> paths;
  for (const auto& entry : fs::directory_iterator(folder)) {
    std::string path = entry.path().string();
    if (path.ends_with(case_end)) paths.push_back(std::move(path));
  }
  std::sort(paths.begin(), paths.end());
  std::vector<SavedCase> saved;
  saved.reserve(paths.size());
  for (const std::string& path : paths) saved.push_back(load_regression(path));
  return saved;
}

}  // namespace batchproof::properties
