#include "tally.hpp"

#include <algorithm>
#include <batchproof/fixtures/source_info.hpp>
#include <batchproof/generators/deletions.hpp>
#include <batchproof/properties/laws.hpp>
#include <exception>
#include <utility>

namespace batchproof::properties {
namespace {

/// What a report says where this record, which the kit made and which fails, deletes something; empty where
/// it does not.
std::string_view note_on_failed_deletion(fixtures::Source source, const fixtures::CaseRecord& record) {
  if (source == fixtures::Source::kafka && generators::is_tombstone(record)) {
    return "tombstones fail (records without a value): if producers delete keys of the topic, each comes "
           "again until it expires, and holds up its partition";
  }
  if (fixtures::info_of(source).payload_kind == fixtures::PayloadKind::item &&
      generators::is_removal(record)) {
    return "removals fail (REMOVE, which has no NewImage): unless a filter leaves them out, each comes again "
           "until it expires, and holds up its shard";
  }
  return {};
}

/// Each source has a page of its own about partial responses; a law names one of them.
std::string_view page_for(std::string_view page_of_law, fixtures::Source source) {
  const bool is_about_responses = std::any_of(
      fixtures::every_source.begin(), fixtures::every_source.end(),
      [&](fixtures::Source one) { return fixtures::info_of(one).partial_response_page == page_of_law; });
  return is_about_responses ? fixtures::info_of(source).partial_response_page : page_of_law;
}

}  // namespace

LawResult result_of(const Law& law, fixtures::Source source, LawState state, int cases) {
  return {std::string(law.id), state, cases, std::string(law.sentence),
          std::string(page_for(law.aws_page, source))};
}

Tally::Tally(const VerificationPlan& plan) : plan_(plan), seen_(plan.laws.size()), judged_(plan.laws.size()) {
  for (const Law& law : plan.laws)
    facts_.laws.push_back(result_of(law, plan.subjects.front().source, LawState::no_cases));
  for (const std::string_view id : plan.not_applicable)
    facts_.laws.push_back({std::string(id), LawState::not_applicable, 0});
  not_judged_.resize(plan.laws.size());
  for (std::size_t law = 0; law < plan.laws.size(); ++law) {
    const Experiment experiment = plan.laws[law].experiment;
    if (experiment == Experiment::damaged && !plan.hostile) not_judged_[law] = "hostile input off";
    if (experiment == Experiment::in_child && plan.processes == Processes::none)
      not_judged_[law] = "child processes off";
  }
  facts_.seed = plan.settings.seed;
  facts_.cases_wanted = plan.settings.cases;
  facts_.shard = plan.settings.shard;
  facts_.replay_command = plan.replay_command;
  facts_.notes = plan.notes;
  for (const SubjectUnderTest& subject : plan.subjects) {
    if (subject.draws.small)
      facts_.small_cases_in_all = std::max(facts_.small_cases_in_all, subject.draws.small->count());
  }
  facts_.small_cases_in_all = plan.settings.shard.part_of(facts_.small_cases_in_all);
  if (plan.settings.cases > 0 &&
      plan.settings.shard.part_of(static_cast<std::size_t>(plan.settings.cases)) == 0)
    facts_.notes.push_back("shard " + to_text(plan.settings.shard) + " has none of the " +
                           std::to_string(plan.settings.cases) + " random cases: take fewer shards");
}

void Tally::end_number(CaseKind kind) {
  for (std::size_t law = 0; law < judged_.size(); ++law) facts_.laws[law].cases += judged_[law] ? 1 : 0;
  const bool any = std::find(judged_.begin(), judged_.end(), true) != judged_.end();
  if (kind == CaseKind::saved) facts_.saved_cases += any ? 1 : 0;
  if (kind == CaseKind::small) ++facts_.small_cases;
  if (kind == CaseKind::random) facts_.cases += any ? 1 : 0;
}

void Tally::count(CaseKind kind, const StagedCase& staged) {
  if (staged.drawn->is_damaged) {
    facts_.distribution.count(kind == CaseKind::random ? CaseKind::damaged : kind, 1);
  } else {
    facts_.distribution.count(kind, staged.drawn->batch);
  }
}

void Tally::note_run(const Law& law, bool judged) {
  seen_[index_of(law)] = true;
  if (judged) judged_[index_of(law)] = true;
}

void Tally::note_survival(const Law& law) {
  if (not_judged_[index_of(law)].empty()) note_run(law, true);  // else there was no child process
}

void Tally::count_child(CaseKind kind, std::size_t runs, std::size_t numbers) {
  if (kind == CaseKind::saved) return;  // they are counted in this process, each for its own law
  facts_.distribution.count(kind, runs);
  for (std::size_t law = 0; law < plan_.laws.size(); ++law) {
    if (plan_.laws[law].experiment != Experiment::in_child) continue;
    seen_[law] = true;
    facts_.laws[law].cases += static_cast<int>(numbers);
  }
}

/// A subject that ends its process violates a law, even if no law in the list is about that.
LawResult& Tally::row_of(const Law& law) {
  const auto row = std::find_if(facts_.laws.begin(), facts_.laws.end(),
                                [&](const LawResult& each) { return each.id == law.id; });
  if (row != facts_.laws.end()) return *row;
  return facts_.laws.emplace_back(result_of(law, plan_.subjects.front().source, LawState::no_cases));
}

/// A law that judged none of its runs is not applicable.
LawState Tally::state_of(std::size_t law) const {
  const auto applies_to = [&](const SubjectUnderTest& subject) {
    return plan_.laws[law].applies(subject.source, subject.claims);
  };
  if (std::none_of(plan_.subjects.begin(), plan_.subjects.end(), applies_to)) return LawState::not_applicable;
  if (!not_judged_[law].empty() && facts_.laws[law].cases == 0) return LawState::not_judged;
  if (gave_up_) return LawState::gave_up;
  if (facts_.laws[law].cases > 0) return LawState::held;
  return seen_[law] ? LawState::not_applicable : LawState::no_cases;
}

const std::vector<LawResult>& Tally::results() {
  for (std::size_t law = 0; law < plan_.laws.size(); ++law) {
    facts_.laws[law].state = state_of(law);
    facts_.laws[law].reason = facts_.laws[law].state == LawState::not_judged ? not_judged_[law] : "";
  }
  return facts_.laws;
}

void Tally::note_deletions(const Evidence& evidence) {
  const auto& records = evidence.batch_case.records;
  for (std::size_t index = 0; index < records.size() && note_on_deletions_.empty(); ++index) {
    if (!evidence.comes_again(index)) continue;
    if (records[index].verdict_unknown)
      note_on_deletions_ = note_on_failed_deletion(evidence.batch_case.source, records[index]);
    return;  // it may have stopped the ones after it
  }
}

void Tally::note_calls(const SubjectUnderTest& subject, const StagedCase& staged, const Observation& run) {
  if (!subject.shows_calls || staged.drawn->is_damaged || staged.drawn->batch.records.empty()) return;
  const auto [entry, is_first] = calls_.try_emplace(&subject);
  if (is_first) entry->second.first_error = run.error;
  entry->second.any |= !run.calls.empty();
}

/// A processor that handles nothing, such as one that refuses each event, keeps every law about the verdicts
/// of the handler. A saved case alone may be one that it rightly refuses.
void Tally::judge_calls() {
  if (plan_.settings.cases == 0) return;
  for (const auto& [subject, calls] : calls_) {
    if (calls.any) continue;
    facts_.notes.push_back(subject->mode + " handled no record of any batch" +
                           (calls.first_error.empty() ? "" : "; it threw: " + calls.first_error));
    for (LawResult& law : facts_.laws) {
      if (law.id != verdict.id) continue;
      law.state = LawState::no_cases;
      law.cases = 0;
    }
  }
}

Report::Facts Tally::facts_without_finding() {
  results();
  judge_calls();
  if (!note_on_deletions_.empty()) facts_.notes.push_back(std::move(note_on_deletions_));
  return std::move(facts_);
}

void Tally::note_no_child(const std::string& reason) {
  for (std::size_t law = 0; law < plan_.laws.size(); ++law)
    if (plan_.laws[law].experiment == Experiment::in_child) not_judged_[law] = reason;
}

Report::Facts Tally::facts_with(Finding finding, LawState state, std::size_t drawn_size) {
  results();
  for (LawResult& law : facts_.laws) {
    if (law.state == LawState::no_cases) law.state = LawState::skipped;  // the search stopped before it
  }
  LawResult& row = row_of(*finding.law);
  row.state = state;
  row.reason.clear();
  row.cases = std::max(row.cases, 1);
  facts_.found_in = finding.found_in;
  if (state == LawState::violated && finding.run.note.empty())
    finding.run.note = failure_that_explains(finding);
  facts_.counterexample = counterexample_of(std::move(finding), drawn_size);
  if (state == LawState::violated && !plan_.regressions.empty()) save(row);
  return std::move(facts_);
}

/// Saves the counterexample. A full disk must not hide it.
void Tally::save(const LawResult& law) {
  try {
    facts_.saved_as = save_regression(plan_.regressions, law.id, facts_.counterexample);
  } catch (const std::exception& error) {
    facts_.saved_as = std::string("not saved: ") + error.what();
  }
}

}  // namespace batchproof::properties
