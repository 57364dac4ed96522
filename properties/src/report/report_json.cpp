#include <batchproof/detail/utf8.hpp>
#include <batchproof/fixtures/base64.hpp>
#include <batchproof/fixtures/json_text.hpp>
#include <batchproof/properties/report.hpp>
#include <batchproof/properties/service_view.hpp>
#include <nlohmann/json.hpp>
#include <utility>

#include "../saved/json_of_claims.hpp"
#include "json_of_run.hpp"

namespace batchproof::properties {
namespace {

using nlohmann::ordered_json;

ordered_json json_of_laws(const Report& report) {
  auto laws = ordered_json::array();
  for (const LawResult& law : report.laws()) {
    ordered_json row{{"id", law.id}, {"state", name(law.state)}, {"cases", law.cases}};
    if (!law.sentence.empty()) row["sentence"] = law.sentence;
    if (!law.aws_page.empty()) row["aws_page"] = law.aws_page;
    row["reason"] = law.reason;
    laws.push_back(std::move(row));
  }
  return laws;
}

ordered_json json_of_distribution(const Distribution& distribution) {
  auto json = ordered_json::object();
  for (const Histogram& histogram : distribution.histograms()) {
    auto& bars = json[std::string(histogram.id)];
    for (const auto& bar : histogram.bars) bars[std::string(bar.label)] = bar.count;
  }
  return json;
}

ordered_json json_of_records(const fixtures::BatchCase& batch_case, const Observation& observation) {
  const ServiceView view = read_as_service(observation, batch_case);
  auto records = ordered_json::array();
  for (const auto& record : batch_case.records) {
    ordered_json row{{"item_identifier", record.item_identifier}, {"rejected", record.rejected}};
    if (record.verdict_unknown) row["rejected"] = nullptr;
    if (record.message_group_id) row["message_group_id"] = *record.message_group_id;
    if (!observation.process_end) row["reported"] = view.reports(record.item_identifier);
    records.push_back(std::move(row));
  }
  return records;
}

/// Adds the bytes of an event that its text cannot hold.
void add_base64(ordered_json& json, const std::string& payload) {
  if (!detail::is_utf8(payload)) json["payload_base64"] = fixtures::encode_base64(payload);
}

ordered_json json_of_compared(const ComparedRun& compared) {
  ordered_json json{{"run", compared.label},
                    {"pattern", compared.batch_case.pattern()},
                    {"records", json_of_records(compared.batch_case, compared.observation)},
                    {"calls", json_of_calls(compared.observation)},
                    {"expected", compared.expected},
                    {"actual", compared.actual}};
  add_answer(json, compared.observation);
  return json;
}

ordered_json json_of_counterexample(const Counterexample& found) {
  ordered_json json{{"source", name(found.batch_case.source)},
                    {"mode", found.mode},
                    {"pattern", found.batch_case.pattern()},
                    {"drawn_size", found.drawn_size},
                    {"damaged", found.damaged},
                    {"hostile_input", found.hostile_input},
                    {"records", json_of_records(found.batch_case, found.observation)},
                    {"calls", json_of_calls(found.observation)},
                    {"payload", found.observation.payload},
                    {"expected", found.expected},
                    {"actual", found.actual},
                    {"violations", found.violations},
                    {"options", json_of_claims(found.claims)}};
  add_answer(json, found.observation);
  add_base64(json, found.observation.payload);
  if (found.observation.timeline) json["choices"] = found.choices;
  json["confirmed_by"] = in_words(found.confirmation);
  json["needs_cold_start"] = found.needs_cold_start;
  json["earlier"] = ordered_json::array();
  for (const EarlierBatch& earlier : found.earlier) {
    json["earlier"].push_back({{"source", name(earlier.batch_case.source)},
                               {"mode", earlier.mode},
                               {"pattern", earlier.batch_case.pattern()},
                               {"damaged", earlier.damaged},
                               {"payload", earlier.payload}});
    add_base64(json["earlier"].back(), earlier.payload);
  }
  if (found.compared) json["compared"] = json_of_compared(*found.compared);
  return json;
}

}  // namespace

std::string to_json(const Report& report) {
  ordered_json json{{"passed", report.passed()},
                    {"seed", report.seed()},
                    {"shard", to_text(report.shard())},
                    {"cases_wanted", report.cases_wanted()},
                    {"cases", report.cases()},
                    {"small_cases", report.small_cases()},
                    {"small_cases_in_all", report.small_cases_in_all()},
                    {"saved_cases", report.saved_cases()},
                    {"distribution", json_of_distribution(report.distribution())},
                    {"laws", json_of_laws(report)},
                    {"notes", report.notes()},
                    {"broken_law", nullptr},
                    {"counterexample", nullptr}};
  if (!report.draws().empty()) json["draws"] = report.draws();
  if (report.is_merged()) json["merged"] = true;
  if (const LawResult* const law = report.violated_law()) {
    json["broken_law"] = law->id;
    json["counterexample"] = json_of_counterexample(report.counterexample());
    json["found_in"] = report.found_in();
    json["saved_as"] = report.saved_as();
    json["replay"] = report.replay_command();
  }
  return fixtures::to_valid_text(json, 2);
}

}  // namespace batchproof::properties
