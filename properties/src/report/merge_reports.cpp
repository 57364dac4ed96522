#include <algorithm>
#include <array>
#include <batchproof/properties/laws.hpp>
#include <batchproof/properties/merge_reports.hpp>
#include <set>
#include <stdexcept>
#include <utility>

#include "merge_notes.hpp"

namespace batchproof::properties {
namespace {

/// The states by weight: a law gets the first of these that it has in any shard.
constexpr std::array by_weight{LawState::violated, LawState::flaky,      LawState::gave_up,
                               LawState::held,     LawState::not_judged, LawState::not_applicable,
                               LawState::no_cases, LawState::skipped};

bool is_weightier(LawState one, LawState other) {
  const auto place = [](LawState state) { return std::find(by_weight.begin(), by_weight.end(), state); };
  return place(one) < place(other);
}

std::string description_of(const NamedReport& named) {
  return name_of(named) + ", " + joined_names(named.sources);
}

void refuse_other_run(const NamedReport& one, const NamedReport& other) {
  const auto refuse = [](const std::string& what, const std::string& theirs, const std::string& ours) {
    throw std::runtime_error(what + theirs + ", not " + ours);
  };
  const std::string ours = description_of(one);
  if (description_of(other) != ours) refuse("it verified ", description_of(other), ours);
  if (other.report.seed() != one.report.seed())
    refuse("its seed is ", std::to_string(other.report.seed()), std::to_string(one.report.seed()));
  if (other.report.cases_wanted() != one.report.cases_wanted())
    refuse("its number of cases is ", std::to_string(other.report.cases_wanted()),
           std::to_string(one.report.cases_wanted()));
  if (other.report.draws() != one.report.draws())
    throw std::runtime_error(
        "it drew other batches, or judged by other claims; run all shards again with the same options, "
        "payloads and claims");
}

/// Of one run, for several reports.
void refuse_what_comes_twice(std::span<const std::vector<NamedReport>> shards, std::size_t run) {
  std::set<std::size_t> indexes;
  for (const auto& shard : shards) {
    const Report& report = shard[run].report;
    if (report.is_merged() || report.shard().is_whole())
      throw std::runtime_error("it is of all shards: there is nothing to merge");
    if (report.shard().count != shards.front()[run].report.shard().count)
      throw std::runtime_error("it is of shard " + to_text(report.shard()) + ", not one of " +
                               std::to_string(shards.front()[run].report.shard().count));
    if (!indexes.insert(report.shard().index).second)
      throw std::runtime_error("it is of shard " + to_text(report.shard()) + ", as another report is");
  }
}

/// The canary has one case, the same in every shard, so its cases are not added up.
void add_law(std::vector<LawResult>& laws, const LawResult& added) {
  const auto same =
      std::find_if(laws.begin(), laws.end(), [&](const LawResult& law) { return law.id == added.id; });
  if (same == laws.end()) {
    laws.push_back(added);
    return;
  }
  same->cases = added.id == canary.id ? std::max(same->cases, added.cases) : same->cases + added.cases;
  if (!is_weightier(added.state, same->state)) return;
  same->state = added.state;
  same->reason = added.reason;
}

/// A report has one violation. A law that a later shard found violated did not hold, and becomes skipped.
void skip_other_violations(std::vector<LawResult>& laws, std::string_view first) {
  for (LawResult& law : laws) {
    const bool is_violated = law.state == LawState::violated || law.state == LawState::flaky;
    if (is_violated && law.id != first) law.state = LawState::skipped;
  }
}

/// A note on the laws of the whole that this shard left out; empty when it left out none.
std::string note_on_laws_left_out(const Report& shard, const std::vector<LawResult>& laws) {
  std::string ids;
  for (const LawResult& own : shard.laws()) {
    const auto is_judged_elsewhere = [&](const LawResult& law) {
      return law.id == own.id && law.state != LawState::not_judged;
    };
    if (own.state == LawState::not_judged && std::any_of(laws.begin(), laws.end(), is_judged_elsewhere))
      ids += (ids.empty() ? "" : ", ") + own.id;
  }
  return ids.empty() ? "" : "not judged by shard " + to_text(shard.shard()) + ", unlike by others: " + ids;
}

Report merge(const std::vector<const Report*>& shards) {
  Report::Facts facts;
  facts.cases_wanted = shards.front()->cases_wanted();
  facts.seed = shards.front()->seed();
  facts.notes = merge_notes(shards);
  const Report* violated = nullptr;
  for (const Report* const shard : shards) {
    facts.cases += shard->cases();
    facts.small_cases += shard->small_cases();
    facts.small_cases_in_all += shard->small_cases_in_all();
    facts.saved_cases += shard->saved_cases();
    facts.distribution += shard->distribution();
    for (const LawResult& law : shard->laws()) add_law(facts.laws, law);
    if (shard->violated_law() == nullptr) continue;
    if (violated == nullptr) {
      violated = shard;
    } else {
      facts.notes.push_back("shard " + to_text(shard->shard()) + " found a violation of " +
                            std::string(shard->broken_law()) + " too: " + shard->replay_command());
    }
  }
  for (const Report* const shard : shards) {
    std::string note = note_on_laws_left_out(*shard, facts.laws);
    if (!note.empty()) facts.notes.push_back(std::move(note));
  }
  if (violated != nullptr) {
    skip_other_violations(facts.laws, violated->broken_law());
    facts.counterexample = violated->counterexample();
    facts.found_in = violated->found_in();
    facts.saved_as = violated->saved_as();
    facts.replay_command = violated->replay_command();
    facts.shard = violated->shard();
    facts.is_merged = true;
  }
  return Report(std::move(facts));
}

}  // namespace

std::vector<NamedReport> merge_reports(std::span<const std::vector<NamedReport>> shards) {
  std::vector<NamedReport> merged;
  for (const auto& shard : shards) {
    if (shard.size() != shards.front().size())
      throw std::runtime_error("it holds " + std::to_string(shard.size()) + " verifications, not " +
                               std::to_string(shards.front().size()));
  }
  for (std::size_t run = 0; shards.size() > 1 && run < shards.front().size(); ++run) {
    refuse_what_comes_twice(shards, run);
    for (const auto& shard : shards) refuse_other_run(shards.front()[run], shard[run]);
  }
  for (std::size_t run = 0; !shards.empty() && run < shards.front().size(); ++run) {
    std::vector<const Report*> reports;
    for (const auto& shard : shards) reports.push_back(&shard[run].report);
    merged.push_back(shards.front()[run]);
    merged.back().report = merge(reports);
  }
  return merged;
}

}  // namespace batchproof::properties
