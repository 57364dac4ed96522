#include <algorithm>
#include <array>
#include <batchproof/detail/utf8.hpp>
#include <batchproof/fixtures/hash.hpp>
#include <batchproof/fixtures/json_text.hpp>
#include <batchproof/properties/law.hpp>
#include <batchproof/properties/regressions.hpp>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <stdexcept>
#include <utility>

#include "event_records.hpp"
#include "json_of_claims.hpp"
#include "saved_files.hpp"
#include "written_file.hpp"

namespace batchproof::properties {
namespace {

using fixtures::BatchCase;
using nlohmann::ordered_json;
namespace fs = std::filesystem;

constexpr std::string_view event_end = ".json";
constexpr std::string_view case_end = ".case.json";

std::string name_of(std::string_view law, const Counterexample& found) {
  std::string contents = found.mode + '\n' + found.batch_case.pattern() + '\n' + found.observation.payload;
  for (const EarlierBatch& earlier : found.earlier)
    contents += '\n' + earlier.mode + '\n' + earlier.batch_case.pattern() + '\n' + earlier.payload;
  std::ostringstream name;
  name << law << '-' << std::hex << fixtures::hash_on(fixtures::empty_hash, contents);
  return name.str();
}

/// The bytes as text if they are valid UTF-8, else as numbers.
ordered_json json_of_bytes(std::string_view bytes) {
  if (detail::is_utf8(bytes)) return bytes;
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

/// The fields of each record that the handler must see. They are saved, since only the decoder under test
/// could read them from the event.
ordered_json fields_of(const BatchCase& batch) {
  auto records = ordered_json::array();
  for (const auto& record : batch.records) {
    auto fields = ordered_json::array();
    for (const auto field : record.fields) fields.push_back({field.name, json_of_bytes(field.value)});
    records.push_back(std::move(fields));
  }
  return records;
}

/// The identity of a batch: its source, mode and pattern, and how to find its records.
ordered_json json_of_batch(std::string_view mode, const BatchCase& batch, bool damaged) {
  ordered_json json{{"source", fixtures::name(batch.source)}, {"mode", mode}, {"pattern", batch.pattern()}};
  if (!damaged) return json;
  auto identifiers = ordered_json::array();
  for (const auto& record : batch.records) identifiers.push_back(record.item_identifier);
  json["identifiers"] = std::move(identifiers);
  return json;
}

ordered_json json_of_case(const SavedCase& saved, bool with_fields) {
  ordered_json json{{"about", saved.about}, {"law", saved.law}};
  json.update(json_of_batch(saved.mode, saved.batch_case, saved.damaged));
  json["options"] = json_of_claims(saved.claims);
  json["expected"] = saved.expected;
  if (with_fields) json["fields"] = fields_of(saved.batch_case);
  if (saved.earlier.empty()) return json;
  json["earlier"] = ordered_json::array();
  for (const EarlierBatch& earlier : saved.earlier) {
    json["earlier"].push_back(json_of_batch(earlier.mode, earlier.batch_case, earlier.damaged));
    json["earlier"].back()["event"] = json_of_bytes(earlier.payload);
  }
  return json;
}

SavedCase saved_case_of(std::string_view law, const Counterexample& found) {
  return {.about = found.violations.empty() ? "" : found.violations.front(),
          .law = std::string(law),
          .mode = found.mode,
          .claims = found.claims,
          .batch_case = found.batch_case,
          .payload = found.observation.payload,
          .damaged = found.damaged,
          .expected = found.expected,
          .earlier = found.earlier};
}

std::string dump(const ordered_json& json) { return fixtures::to_valid_text(json, 2) + "\n"; }

/// Reads a file up to a limit, since it may be endless.
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

/// The path up to the end of the name that both files share.
std::string stem_of(const std::string& path) {
  for (const std::string_view end : {case_end, event_end}) {
    if (path.ends_with(end)) return path.substr(0, path.size() - end.size());
  }
  throw std::runtime_error("a saved case ends in .json: " + path);
}

/// The batch that `json_of_batch` wrote.
BatchCase batch_of(const ordered_json& json, const std::string& payload) {
  BatchCase batch;
  batch.source = source_in(json.at("source"));
  if (!json.contains("identifiers")) {
    batch.records = records_of_event(payload, batch.source);
    read_around_records(payload, batch);
  } else {
    for (const auto& identifier : json["identifiers"])
      batch.records.emplace_back().item_identifier = identifier.get<std::string>();
  }
  const auto pattern = json.at("pattern").get<std::string>();
  if (pattern.size() != batch.records.size()) {
    throw std::runtime_error("the pattern \"" + pattern + "\" is not as long as the batch, which holds " +
                             std::to_string(batch.records.size()) + " records");
  }
  if (pattern.find_first_not_of("ox?") != std::string::npos)
    throw std::runtime_error("the pattern \"" + pattern + "\" has another letter than o, x and ?");
  for (std::size_t index = 0; index < pattern.size(); ++index) {
    batch.records[index].rejected = pattern[index] == 'x';
    batch.records[index].verdict_unknown = pattern[index] == '?';
  }
  return batch;
}

void read_fields(BatchCase& batch, const ordered_json& fields_of_records) {
  for (std::size_t index = 0; index < batch.records.size(); ++index) {
    for (const auto& field : fields_of_records.at(index))
      batch.records[index].fields.push_back({field.at(0).get<std::string>(), bytes_of(field.at(1))});
  }
}

EarlierBatch earlier_batch_of(const ordered_json& json) {
  EarlierBatch earlier;
  earlier.mode = json.value("mode", "");
  earlier.payload = bytes_of(json.at("event"));
  earlier.batch_case = batch_of(json, earlier.payload);
  earlier.damaged = json.contains("identifiers");
  return earlier;
}

}  // namespace

SavedFiles saved_files_of(std::string_view law, const Counterexample& counterexample) {
  const std::string name = name_of(law, counterexample);
  const Law* const known = law_named(processor_laws(), law);
  const bool with_fields = known != nullptr && known->needs_fields && !counterexample.damaged;
  return {.event_name = name + std::string(event_end),
          .event = counterexample.observation.payload,
          .case_name = name + std::string(case_end),
          .description = dump(json_of_case(saved_case_of(law, counterexample), with_fields))};
}

std::string save_regression(const std::string& folder, std::string_view law,
                            const Counterexample& counterexample) {
  const SavedFiles files = saved_files_of(law, counterexample);
  std::string path = write_file(folder, files.event_name, files.event);
  write_file(folder, files.case_name, files.description);  // last, since it alone makes the two a case
  return path;
}

std::string describe_regression(const SavedCase& saved) { return dump(json_of_case(saved, !saved.damaged)); }

SavedCase parse_regression(std::string_view description, std::string payload) try {
  SavedCase saved;
  saved.payload = std::move(payload);
  const auto json = fixtures::parse_shallow_json(description);
  saved.about = json.value("about", "");
  saved.law = json.at("law").get<std::string>();
  saved.mode = json.value("mode", "");
  saved.claims = claims_of(json.value("options", ordered_json::object()));
  saved.expected = json.value("expected", "");
  saved.damaged = json.contains("identifiers");
  saved.batch_case = batch_of(json, saved.payload);
  if (json.contains("fields")) read_fields(saved.batch_case, json["fields"]);
  for (const auto& earlier : json.value("earlier", ordered_json::array()))
    saved.earlier.push_back(earlier_batch_of(earlier));
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
                             " is invalid: " + error.what());
  }
}

std::vector<SavedCase> load_regressions(const std::string& folder) {
  if (folder.empty() || !fs::exists(folder)) return {};
  if (!fs::is_directory(folder))
    throw std::invalid_argument(".regressions names " + folder + ", which is a file; name a folder");
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
