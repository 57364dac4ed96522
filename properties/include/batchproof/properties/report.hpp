#pragma once

#include <batchproof/fixtures/assertable.hpp>
#include <batchproof/fixtures/batch_case.hpp>
#include <batchproof/fixtures/processor_claims.hpp>
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

/// How a law fared. Only `held` and `not_applicable` are no cause for alarm; `not_applicable` proves nothing.
enum class LawState {
  held,
  broken,
  not_applicable,  ///< another source's, or nothing of it can be seen from outside
  no_cases,        ///< judged on nothing
  skipped,         ///< not judged, since another law was broken first
  gave_up,         ///< the generator could not make the cases that were wanted
  flaky            ///< broken once, and not again on the same input: state that outlives a batch, or chance
};

/// "held", "broken", "not applicable", "no cases", "skipped", "gave up" or "flaky".
std::string_view name(LawState state) noexcept;

/// The row of one law in a report.
struct LawResult {
  std::string id;
  LawState state = LawState::no_cases;
  int cases = 0;           ///< how many were checked, shrinking not counted
  std::string sentence{};  ///< what it says; empty for a law that is only named
  std::string aws_page{};  ///< the title of the AWS page that it follows; empty likewise
};

/// A further run that a law compared with the first: of the same batch again, or without one of its records.
struct ComparedRun {
  std::string label;  ///< "again", or "without 2"
  fixtures::BatchCase batch_case;
  std::string expected;  ///< as in `Counterexample`
  std::string actual;
  Observation observation;
};

/// What breaks a law: the smallest case that was found.
struct Counterexample {
  fixtures::BatchCase batch_case;
  std::string expected;                   ///< the response that the law asks for, or a sentence
  std::string actual;                     ///< the response, or what was thrown
  std::vector<std::string> violations;    ///< sentences that name records
  Observation observation;                ///< the run that broke the law; it holds the payload
  std::string mode;                       ///< how it was run, such as "SqsFifoPartialProcessor"; may be empty
  bool damaged = false;                   ///< the payload is not the batch's own, but was damaged
  std::size_t drawn_size = 0;             ///< how many records the case had before it was made small
  fixtures::ProcessorClaims claims{};     ///< of the processor that it ran through
  std::optional<ComparedRun> compared{};  ///< where the law compares runs: the one that went otherwise

  std::size_t size() const noexcept { return batch_case.records.size(); }
};

/// What `verify_processor` and `verify_handler` found. A value. EXPECT_TRUE prints it in full.
class Report : public fixtures::Assertable<Report> {
 public:
  /// What a report is made of; for those who write a verification of their own.
  struct Facts {
    std::vector<LawResult> laws;
    int cases = 0;
    int cases_wanted = 0;
    std::size_t small_cases = 0;         ///< how many small batches were judged
    std::size_t small_cases_in_all = 0;  ///< how many there are
    int saved_cases = 0;                 ///< how many saved cases were judged
    std::uint64_t seed = 0;
    Distribution distribution{};  ///< of the cases that were judged
    Counterexample counterexample;
    std::string found_in{};  ///< where the law was broken first, such as "small case 13"
    std::string saved_as{};  ///< the file that now holds the counterexample, or why it could not be saved
    std::string replay_command;
  };

  /// Of nothing at all, and so not passed.
  Report() = default;
  explicit Report(Facts facts) noexcept;

  /// True when no law was broken and each that applies was checked on at least one case; false when none
  /// applies.
  bool passed() const noexcept;

  /// Random cases drawn until the end or the first breach; every law that applies was judged on each.
  int cases() const noexcept { return facts_.cases; }

  /// Of all small batches, those that were judged within the time that they were given; and all.
  std::size_t small_cases() const noexcept { return facts_.small_cases; }
  std::size_t small_cases_in_all() const noexcept { return facts_.small_cases_in_all; }

  /// Saved cases that were judged.
  int saved_cases() const noexcept { return facts_.saved_cases; }

  std::uint64_t seed() const noexcept { return facts_.seed; }

  /// The id of the law that was broken, be it once, such as "nothing-lost"; empty when none was.
  std::string_view broken_law() const noexcept;

  /// Where a law is broken; of size 0 otherwise.
  const Counterexample& counterexample() const noexcept { return facts_.counterexample; }

  const std::vector<LawResult>& laws() const noexcept { return facts_.laws; }

  /// The row of the law that was broken, be it once; null when none was.
  const LawResult* breach() const noexcept;

  /// What the judged batches were like.
  const Distribution& distribution() const noexcept { return facts_.distribution; }

  /// Where the law was broken first, such as "small case 13"; empty when none was.
  const std::string& found_in() const noexcept { return facts_.found_in; }

  /// The file that now holds the counterexample, or why it could not be saved; empty without regressions.
  const std::string& saved_as() const noexcept { return facts_.saved_as; }

  /// One shell command that repeats the run.
  const std::string& replay_command() const noexcept { return facts_.replay_command; }

  /// For people: the law, the pattern such as `oxxo`, the event as JSON, expected and actual response, the
  /// command that replays it; one line when all is well.
  std::string text() const;

 private:
  Facts facts_;
};

/// For machines: passed, seed, cases, what they were like, laws, and the counterexample where there is one,
/// as one JSON object.
std::string to_json(const Report& report);

std::ostream& operator<<(std::ostream& stream, const Report& report);

}  // namespace batchproof::properties
