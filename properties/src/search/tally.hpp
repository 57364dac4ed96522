#pragma once

#include <batchproof/properties/report.hpp>
#include <map>
#include <string>
#include <vector>

#include "finding.hpp"
#include "stages.hpp"

namespace batchproof::properties {

/// The row of the law in a report about a subject of this source.
LawResult result_of(const Law& law, fixtures::Source source, LawState state, int cases = 0);

/// Counts what a search judges, for its report.
class Tally {
 public:
  explicit Tally(const VerificationPlan& plan);

  /// Before and after the cases of one number.
  void begin_number() { judged_.assign(plan_.laws.size(), false); }
  void end_number(CaseKind kind);

  void count(CaseKind kind, const StagedCase& staged);
  void note_that_the_generator_gave_up() { gave_up_ = true; }

  /// To be called for a run of the law's experiment, which the law judged or had no reason to judge.
  void note_run(const Law& law, bool judged);

  /// To be called for a saved case of this law that the child process of an earlier stage survived.
  void note_survival(const Law& law);

  /// To be called with a run of a case: remembers when a record that deletes something fails, and nothing
  /// before it stopped it.
  void note_deletions(const Evidence& evidence);

  /// To be called with a run of a case: remembers whether the subject ever calls the handler.
  void note_calls(const SubjectUnderTest& subject, const StagedCase& staged, const Observation& run);

  /// To be called when all cases of a stage were run in a child process, or some until it ended.
  void count_child(CaseKind kind, std::size_t runs, std::size_t numbers);

  /// The results so far.
  const std::vector<LawResult>& results();

  /// A sentence for the report.
  void note(std::string text) { facts_.notes.push_back(std::move(text)); }

  void note_no_child(const std::string& reason);

  /// The facts of the report, with this violation if there is one; `state` is `violated` or `flaky`.
  Report::Facts facts_without_finding();
  Report::Facts facts_with(Finding finding, LawState state, std::size_t drawn_size);

 private:
  std::size_t index_of(const Law& law) const { return static_cast<std::size_t>(&law - plan_.laws.data()); }
  LawResult& row_of(const Law& law);
  LawState state_of(std::size_t law) const;
  void judge_calls();
  void save(const LawResult& law);

  const VerificationPlan& plan_;
  Report::Facts facts_;
  std::vector<bool> seen_;               // by any run until now
  std::vector<bool> judged_;             // on the cases of the current number
  std::vector<std::string> not_judged_;  // the reason, for each law
  bool gave_up_ = false;
  std::string note_on_deletions_;

  struct Calls {
    bool any = false;
    std::string first_error{};  // of a batch with records
  };
  std::map<const SubjectUnderTest*, Calls> calls_;  // of subjects that had a batch with records
};

}  // namespace batchproof::properties
