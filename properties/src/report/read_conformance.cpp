#include <algorithm>
#include <array>
#include <batchproof/fixtures/base64.hpp>
#include <batchproof/fixtures/json_text.hpp>
#include <batchproof/fixtures/shard.hpp>
#include <batchproof/properties/merge_reports.hpp>
#include <limits>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <utility>

#include "../saved/event_records.hpp"
#include "../saved/json_of_claims.hpp"
#include "json_of_run.hpp"

namespace batchproof::properties {
namespace {

using fixtures::BatchCase;
using nlohmann::ordered_json;

LawState state_in(const std::string& text) {
  const auto* const found =
      std::find_if(law_states.begin(), law_states.end(), [&](LawState state) { return name(state) == text; });
  if (found == law_states.end()) throw std::runtime_error("there is no state of a law \"" + text + "\"");
  return *found;
}

/// Reads a member, which nlohmann would convert to the type of the number even if it is -1 or 1e300.
template <class Number>
void read_number(const ordered_json& json, const std::string& name, Number& number) {
  number = static_cast<Number>(whole_number(json.at(name), name, std::numeric_limits<Number>::max()));
}

LawResult law_in(const ordered_json& json) {
  LawResult law{.id = json.at("id"),
                .state = state_in(json.at("state")),
                .sentence = json.value("sentence", ""),
                .aws_page = json.value("aws_page", ""),
                .reason = json.value("reason", "")};
  read_number(json, "cases", law.cases);
  return law;
}

template <std::size_t N>
void read_counts(const ordered_json& json, const Histogram& labels, std::array<std::size_t, N>& counts) {
  for (std::size_t bar = 0; bar < N; ++bar)
    read_number(json.at(std::string(labels.id)), std::string(labels.bars[bar].label), counts[bar]);
}

Distribution distribution_in(const ordered_json& json) {
  Distribution distribution;
  const auto labels = distribution.histograms();
  read_counts(json, labels[0], distribution.kinds);
  read_counts(json, labels[1], distribution.sizes);
  read_counts(json, labels[2], distribution.failures);
  read_counts(json, labels[3], distribution.groups);
  return distribution;
}

/// The records with all their data from the event, if it can be read.
std::vector<fixtures::CaseRecord> records_in(const ordered_json& json, const std::string& payload,
                                             fixtures::Source source) {
  std::vector<fixtures::CaseRecord> records;
  try {
    records = records_of_event(payload, source);
  } catch (const std::runtime_error&) {  // damaged or hostile: use only the report's own data
  }
  if (records.size() != json.size()) records.assign(json.size(), {});
  for (std::size_t index = 0; index < json.size(); ++index) {
    const ordered_json& row = json[index];
    records[index].item_identifier = row.at("item_identifier");
    if (row.contains("message_group_id"))
      records[index].message_group_id = row["message_group_id"].get<std::string>();
    records[index].verdict_unknown = row.at("rejected").is_null();
    records[index].rejected = row["rejected"] == true;
  }
  return records;
}

ComparedRun compared_in(const ordered_json& json, fixtures::Source source) {
  ComparedRun compared{.label = json.at("run"),
                       .batch_case = {.source = source, .records = {}},
                       .expected = json.at("expected"),
                       .actual = json.at("actual"),
                       .observation = run_in(json, "")};
  compared.batch_case.records = records_in(json.at("records"), "", source);
  return compared;
}

/// The bytes of an event, which are written in base64 too where they are not UTF-8.
std::string payload_in(const ordered_json& json) {
  if (!json.contains("payload_base64")) return json.at("payload");
  auto bytes = fixtures::decode_base64(json["payload_base64"].get<std::string>());
  if (!bytes) throw std::runtime_error("payload_base64 is not base64");
  return *std::move(bytes);
}

EarlierBatch earlier_in(const ordered_json& json) {
  EarlierBatch earlier{.mode = json.at("mode"), .batch_case = {}, .payload = payload_in(json)};
  earlier.batch_case.source = source_in(json.at("source"));
  earlier.damaged = json.at("damaged");
  for (const char letter : json.at("pattern").get<std::string>()) {
    fixtures::CaseRecord& record = earlier.batch_case.records.emplace_back();
    record.rejected = letter == 'x';
    record.verdict_unknown = letter == '?';
  }
  return earlier;
}

Counterexample counterexample_in(const ordered_json& json) {
  Counterexample found;
  const std::string payload = payload_in(json);
  found.batch_case.source = source_in(json.at("source"));
  found.batch_case.records = records_in(json.at("records"), payload, found.batch_case.source);
  if (!json.at("damaged")) read_around_records(payload, found.batch_case);
  found.expected = json.at("expected");
  found.actual = json.at("actual");
  found.violations = json.at("violations").get<std::vector<std::string>>();
  found.observation = run_in(json, payload);
  found.mode = json.at("mode");
  found.damaged = json.at("damaged");
  found.hostile_input = json.at("hostile_input").get<std::vector<std::string>>();
  read_number(json, "drawn_size", found.drawn_size);
  found.claims = claims_of(json.at("options"));
  for (const auto confirmation : {Confirmation::executed_again, Confirmation::forked})
    if (json.at("confirmed_by") == in_words(confirmation)) found.confirmation = confirmation;
  if (json.contains("compared")) found.compared = compared_in(json["compared"], found.batch_case.source);
  found.needs_cold_start = json.value("needs_cold_start", false);
  for (const auto& earlier : json.at("earlier")) found.earlier.push_back(earlier_in(earlier));
  return found;
}

Report report_in(const ordered_json& json) {
  Report::Facts facts;
  read_number(json, "cases", facts.cases);
  read_number(json, "cases_wanted", facts.cases_wanted);
  read_number(json, "small_cases", facts.small_cases);
  read_number(json, "small_cases_in_all", facts.small_cases_in_all);
  read_number(json, "saved_cases", facts.saved_cases);
  read_number(json, "seed", facts.seed);
  facts.distribution = distribution_in(json.at("distribution"));
  facts.replay_command = json.value("replay", "");
  facts.notes = json.at("notes").get<std::vector<std::string>>();
  facts.shard = fixtures::parse_shard(json.at("shard").get<std::string>());
  facts.draws = json.value("draws", "");
  facts.is_merged = json.value("merged", false);
  for (const auto& law : json.at("laws")) facts.laws.push_back(law_in(law));
  if (!json.at("counterexample").is_null()) facts.counterexample = counterexample_in(json["counterexample"]);
  facts.found_in = json.value("found_in", "");
  facts.saved_as = json.value("saved_as", "");
  return Report(std::move(facts));
}

}  // namespace

std::vector<NamedReport> read_conformance(std::string_view text) try {
  std::vector<NamedReport> reports;
  const auto json = fixtures::parse_shallow_json(text);
  for (const auto& run : json.at("runs")) {
    reports.push_back({.subject = run.at("subject"), .mode = run.at("mode")});
    for (const auto& source : run.at("sources")) reports.back().sources.push_back(source_in(source));
    reports.back().report = report_in(run.at("report"));
  }
  return reports;
} catch (const ordered_json::exception& error) {
  throw std::runtime_error(error.what());
} catch (const std::invalid_argument& error) {
  throw std::runtime_error(error.what());
}

}  // namespace batchproof::properties
