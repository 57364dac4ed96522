#include "experiments.hpp"

#include <algorithm>
#include <array>

#include "child_process.hpp"

namespace batchproof::properties {
namespace {

using fixtures::BatchCase;

fixtures::CaseRecord without_fields(const fixtures::CaseRecord& record) {
  return {record.item_identifier, record.message_group_id, record.json, {},
          record.rejected,        record.verdict_unknown};
}

/// Another batch that fails: the first records of this one, at most two, with one rejected that this batch
/// accepts, if there is one. State that a processor keeps of a failed batch shows after few records as well
/// as after many.
BatchCase other_failure(const BatchCase& batch_case) {
  constexpr std::size_t enough = 2;
  BatchCase other = without_records(batch_case);
  std::size_t failing = 0;
  for (std::size_t index = 0; index < std::min(enough, batch_case.records.size()); ++index) {
    other.records.push_back(without_fields(batch_case.records[index]));
    if (batch_case.records[failing].rejected) failing = index;
    other.records.back().rejected = false;
  }
  if (!other.records.empty()) other.records[failing].rejected = true;
  return other;
}

/// The records to leave out, one at a time: all of a small batch, the one in the middle of a larger one.
std::vector<std::size_t> left_out_records(const BatchCase& batch_case) {
  const std::size_t size = batch_case.records.size();
  if (size == 0) return {};
  if (size == 2) return {0, 1};
  return {size / 2};
}

/// Makes the runs of an experiment after the first. A subject that compares runs itself adds those of one
/// run.
void add_further_runs(const SubjectUnderTest& subject, Experiment experiment, const Case& one,
                      Observation& first) {
  if (experiment == Experiment::one_run) return;
  std::vector<Observation>& runs = first.further_runs;
  runs.clear();
  if (experiment == Experiment::again) {
    runs.push_back(subject.run(Case(other_failure(one.batch)), Watch::all_but_fields));
    runs.push_back(subject.run(one, Watch::all_but_fields));
  } else if (experiment == Experiment::in_part && one.batch.has_unknown_verdicts()) {
    for (std::size_t index = 0; index < one.batch.records.size(); ++index) {
      runs.push_back(run_once(subject, Case(record_alone(one.batch, index)), Watch::all_but_fields));
      runs.back().alone = index;
    }
  } else if (experiment == Experiment::in_part) {
    for (const std::size_t left_out : left_out_records(one.batch)) {
      runs.push_back(run_once(subject, Case(without_record(one.batch, left_out)), Watch::all_but_fields));
      runs.back().left_out = left_out;
    }
  }
}

Observation observe_in_child(const SubjectUnderTest& subject, const Case& one,
                             std::span<const EarlierCase> earlier) {
  Observation run;
  run.payload = one.payload;
  const auto end = run_in_child_process(1, [&](std::size_t, const AllowTime& allow) {
    for (const EarlierCase& before : earlier) {
      allow(time_limit_of(*before.subject, before.shown));
      run_once(*before.subject, before.shown);
    }
    allow(time_limit_of(subject, one));
    run_once(subject, one);
  });
  if (end) run.process_end = end->how;
  return run;
}

/// The experiments on a batch as AWS sends it, which share its first run.
constexpr std::array of_one_batch{Experiment::one_run, Experiment::again, Experiment::in_part};

}  // namespace

BatchCase without_record(const BatchCase& batch_case, std::size_t left_out) {
  BatchCase part = without_records(batch_case);
  part.records.reserve(batch_case.records.size());
  for (std::size_t index = 0; index < batch_case.records.size(); ++index) {
    if (index != left_out) part.records.push_back(without_fields(batch_case.records[index]));
  }
  return part;
}

BatchCase record_alone(const BatchCase& batch_case, std::size_t index) {
  BatchCase alone = without_records(batch_case);
  alone.records.push_back(without_fields(batch_case.records[index]));
  return alone;
}

bool asks_for(std::span<const Law> laws, const SubjectUnderTest& subject, Experiment experiment) noexcept {
  return std::any_of(laws.begin(), laws.end(), [&](const Law& law) {
    return law.experiment == experiment && law.applies(subject.source, subject.claims);
  });
}

Observation run_once(const SubjectUnderTest& subject, const Case& one, Watch watch) {
  if (subject.before_each) subject.before_each();
  Observation run = subject.run(one, watch);
  // The user's check may depend on the payloads as they were given.
  if (subject.complaints && !one.batch.has_unknown_verdicts()) run.complaints = subject.complaints(run);
  return run;
}

void run_each(std::span<const EarlierCase> cases) {
  for (const EarlierCase& one : cases) run_once(*one.subject, one.shown);
}

std::chrono::milliseconds time_limit_of(const SubjectUnderTest& subject, const Case& one) {
  constexpr std::size_t usual_records = 100;
  const std::size_t records = std::max(one.batch.records.size(), usual_records);
  return subject.time_limit * records / usual_records;
}

Observation observe_experiment(const SubjectUnderTest& subject, Experiment experiment, const Case& one,
                               std::span<const EarlierCase> earlier) {
  if (experiment == Experiment::in_child) return observe_in_child(subject, one, earlier);
  run_each(earlier);
  const Watch watch = experiment == Experiment::before_deadline ? Watch::deadline : Watch::all;
  Observation run = run_once(subject, one, watch);
  add_further_runs(subject, experiment, one, run);
  return run;
}

void judge_case(const SubjectUnderTest& subject, std::span<const Law> laws, const Case& one,
                const JudgeRun& judge, std::optional<Experiment> left_out) {
  const auto judge_all = [&](Experiment experiment, const Evidence& evidence) {
    return std::any_of(laws.begin(), laws.end(), [&](const Law& law) {
      return law.experiment == experiment && law.applies(subject.source, subject.claims) &&
             judge(law, evidence);
    });
  };
  const auto judge_alone = [&](Experiment experiment) {
    if (!asks_for(laws, subject, experiment)) return false;
    const Observation run = observe_experiment(subject, experiment, one);
    return judge_all(experiment, Evidence(one.batch, subject.claims, run, one.readable));
  };
  if (one.is_damaged) {
    judge_alone(Experiment::damaged);
    return;
  }
  const auto is_asked_for = [&](Experiment experiment) { return asks_for(laws, subject, experiment); };
  if (std::none_of(of_one_batch.begin(), of_one_batch.end(), is_asked_for)) {
    judge_alone(Experiment::before_deadline);
    return;
  }
  Observation run = run_once(subject, one);
  const Evidence evidence(one.batch, subject.claims, run);
  for (const Experiment experiment : of_one_batch) {
    if (experiment == left_out || !asks_for(laws, subject, experiment)) continue;
    add_further_runs(subject, experiment, one, run);
    if (judge_all(experiment, evidence)) return;
  }
  judge_alone(Experiment::before_deadline);
}

}  // namespace batchproof::properties
