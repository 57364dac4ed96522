#pragma once

// The report of a verification, its rows and its counterexample:
//
//     const auto report = verify_processor<SqsRecord>(subject);
//     if (!report.passed()) std::cerr << report.text();

#include <array>
#include <batchproof/fixtures/assertable.hpp>
#include <batchproof/fixtures/batch_case.hpp>
#include <batchproof/fixtures/processor_claims.hpp>
#include <batchproof/fixtures/shard.hpp>
#include <batchproof/properties/distribution.hpp>
#include <batchproof/properties/observation.hpp>
#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace batchproof::properties {

/// The result of judging a law. A report passes only on `held`, `not_applicable` and `not_judged`; the last
/// two prove nothing.
enum class LawState {
  held,
  violated,
  not_applicable,  ///< a law of another source, or one that cannot be judged from outside
  no_cases,        ///< not judged on any case
  skipped,         ///< not judged, since another law was violated first
  gave_up,         ///< the generator could not make as many cases as requested
  flaky,      ///< violated once, not on every rerun of the same input: a state outlives the batch, or chance
  not_judged  ///< left out by the options or the program; `LawResult::reason` says why
};

/// All states; the least alarming one comes first.
inline constexpr std::array law_states{LawState::not_applicable, LawState::not_judged, LawState::held,
                                       LawState::skipped,        LawState::no_cases,   LawState::gave_up,
                                       LawState::flaky,          LawState::violated};

/// "held", "violated", "not applicable", "no cases", "skipped", "gave up", "flaky" or "not judged".
std::string_view name(LawState state) noexcept;

/// The row of one law in a report.
struct LawResult {
  std::string id;
  LawState state = LawState::no_cases;
  int cases = 0;           ///< how many were judged, shrinking not counted
  std::string sentence{};  ///< the law as a sentence; empty for a law that has only a name
  std::string aws_page{};  ///< the title of the AWS page that it follows; may be empty
  std::string reason{};    ///< why it was not judged, such as "hostile input off"
};

/// A second run that a law compared with the first: of the same batch again, without one of its records, of
/// what the service delivers again, or of its first records.
struct ComparedRun {
  std::string label;  ///< "again", "without 2", "alone 2" (a record's position), "redelivered", or "first 2"
  fixtures::BatchCase batch_case;
  std::string expected;  ///< as in `Counterexample`
  std::string actual;
  Observation observation;
};

/// A batch before the one that violates a law, whose state the violation needs.
struct EarlierBatch {
  std::string mode;  ///< as in `Counterexample`
  fixtures::BatchCase batch_case;
  std::string payload;
  bool damaged = false;  ///< as in `Counterexample`
};

/// How a violation was confirmed: by the same case in a process that had handled no batch.
enum class Confirmation {
  none,            ///< no such process was available, or it did not show the violation
  executed_again,  ///< the program, executed again and narrowed to the running test
  forked           ///< a copy of this process, made before the first case
};

/// "this program, executed again", "a copy of this process, made before the first case" or "".
std::string_view in_words(Confirmation confirmation) noexcept;

/// The smallest case found that violates a law.
struct Counterexample {
  fixtures::BatchCase batch_case;
  std::string expected;                 ///< the response that the law requires, or a sentence
  std::string actual;                   ///< the response, or the exception's text
  std::vector<std::string> violations;  ///< sentences that name records
  Observation observation;              ///< the run that violated the law; it holds the payload
  std::string mode;      ///< the processor mode, such as "SqsFifoPartialProcessor"; may be empty
  bool damaged = false;  ///< the payload was damaged, and is not the batch's own
  std::vector<std::string> hostile_input{};  ///< why AWS would not send it; empty for a case as AWS sends it
  std::size_t drawn_size = 0;                ///< how many records the case had before it was shrunk
  fixtures::ProcessorClaims claims{};        ///< of the processor under test
  std::optional<ComparedRun> compared{};     ///< the differing run, if the law compares runs
  std::vector<EarlierBatch> earlier{};       ///< the batches that must come before it, if any
  Confirmation confirmation = Confirmation::none;
  std::vector<std::size_t> choices{};  ///< of a schedule that repeats it, if handlers took turns
  bool needs_cold_start = false;       ///< only the first batch of a process shows it

  std::size_t size() const noexcept { return batch_case.records.size(); }
};

/// The result of `verify_processor` and `verify_handler`. A value. EXPECT_TRUE prints it in full.
class [[nodiscard]] Report : public fixtures::Assertable<Report> {
 public:
  /// The contents of a report, for code that verifies in other ways.
  struct Facts {
    std::vector<LawResult> laws;
    int cases = 0;
    int cases_wanted = 0;
    std::size_t small_cases = 0;         ///< small batches that were judged
    std::size_t small_cases_in_all = 0;  ///< all small batches
    int saved_cases = 0;                 ///< saved cases that were judged
    std::uint64_t seed = 0;
    Distribution distribution{};  ///< of the cases that were judged
    Counterexample counterexample;
    std::string found_in{};  ///< where the law was first violated, such as "small case 13"
    std::string saved_as{};  ///< the file that now holds the counterexample, or the reason why none does
    std::string replay_command;
    std::vector<std::string> notes{};  ///< see `Report::notes`
    fixtures::Shard shard{};  ///< the judged part; all counts above except `cases_wanted` are its own
    std::string draws{};      ///< see `Report::draws`
    bool is_merged = false;   ///< see `Report::is_merged`
  };

  /// An empty report, which has not passed.
  Report() = default;
  explicit Report(Facts facts) noexcept;

  /// True when no law was violated and each applicable law was judged on at least one case; false when no law
  /// applies.
  bool passed() const noexcept;

  /// True when every law was not applicable or not judged: the verification says nothing about the subject.
  bool judged_nothing() const noexcept;

  /// The random cases that were drawn until the end or the first violation. A law that applies to some modes
  /// of a handler was judged on those of their turns.
  int cases() const noexcept { return facts_.cases; }

  /// The small batches that were judged within their time budget, and the number of all small batches.
  std::size_t small_cases() const noexcept { return facts_.small_cases; }
  std::size_t small_cases_in_all() const noexcept { return facts_.small_cases_in_all; }

  /// Saved cases that were judged.
  int saved_cases() const noexcept { return facts_.saved_cases; }

  std::uint64_t seed() const noexcept { return facts_.seed; }

  /// The random cases that were requested, in all shards.
  int cases_wanted() const noexcept { return facts_.cases_wanted; }

  /// The part of all cases that was judged, when several machines share them.
  const fixtures::Shard& shard() const noexcept { return facts_.shard; }

  /// Of a shard: a text that all shards of its run share, and a run that draws other batches or judges by
  /// other claims does not. Empty of a whole run, and of a merged report.
  const std::string& draws() const noexcept { return facts_.draws; }

  /// True where the shards were merged and one of them found a violation: `shard()` is that one, and the
  /// counts are those of all.
  bool is_merged() const noexcept { return facts_.is_merged; }

  /// The id of the law that was violated, even if only once, such as "nothing-lost"; empty when none was.
  std::string_view broken_law() const noexcept;

  /// The smallest case that violates the law; of size 0 when none was violated.
  const Counterexample& counterexample() const noexcept { return facts_.counterexample; }

  const std::vector<LawResult>& laws() const noexcept { return facts_.laws; }

  /// The row of the law that was violated, even if only once; null when none was.
  const LawResult* violated_law() const noexcept;

  /// The distribution of the judged batches.
  const Distribution& distribution() const noexcept { return facts_.distribution; }

  /// The case in which the law was first violated, such as "small case 13"; empty when none was.
  const std::string& found_in() const noexcept { return facts_.found_in; }

  /// The file that now holds the counterexample, or the reason why none does; empty without regressions.
  const std::string& saved_as() const noexcept { return facts_.saved_as; }

  /// The checks that the verification could not make, and how to enable each; and what else a user must know
  /// though no law is violated. A sentence each.
  const std::vector<std::string>& notes() const noexcept { return facts_.notes; }
  void add_note(std::string note) { facts_.notes.push_back(std::move(note)); }

  /// Adds to the `Observation::note` of the counterexample.
  void add_to_counterexample(std::string_view note) {
    std::string& whole = facts_.counterexample.observation.note;
    whole.append(whole.empty() ? "" : "; ").append(note);
  }

  /// One shell command that repeats the run.
  const std::string& replay_command() const noexcept { return facts_.replay_command; }

  /// For people: the law, the pattern such as `oxxo`, the event as JSON, expected and actual response, the
  /// command that replays it. When every law held, a line or two, and the notes.
  std::string text() const;

 private:
  Facts facts_;
};

/// For machines: passed, seed, cases, their distribution, laws, and the counterexample if there is one, as
/// one JSON object.
std::string to_json(const Report& report);

std::ostream& operator<<(std::ostream& stream, const Report& report);

}  // namespace batchproof::properties
