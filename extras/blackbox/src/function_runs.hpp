#pragma once

// Invokes a function with batches, and observes what it did:
//
//     FunctionRuns runs(function, claims, handled);
//     const FunctionRun run = runs.in(process, batch_case, payload, runs.renamed(batch_case, 1), limit);
//     if (!run.is_as_expected) ...

#include <batchproof/blackbox/handled_in_log.hpp>
#include <batchproof/fixtures/batch_case.hpp>
#include <batchproof/fixtures/processor_claims.hpp>
#include <batchproof/properties/law.hpp>
#include <batchproof/properties/observation.hpp>
#include <batchproof/runtime_api/function.hpp>
#include <batchproof/runtime_api/function_process.hpp>
#include <chrono>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "crash_budget.hpp"
#include "new_identifiers.hpp"
#include "patience.hpp"
#include "sent_batch.hpp"

namespace batchproof::blackbox {

/// One batch, and what the function did with it.
struct FunctionRun {
  properties::Observation seen;
  bool is_as_expected = false;
  bool breaks_rules = false;  // of the Runtime API
  bool was_taken = true;      // false: the process ended, or was silent, after its last answer
  std::chrono::milliseconds took{0};
  RenamedBatch batch{};  // as the function saw it
  std::string body{};    // of its response, with the identifiers that it saw
  std::optional<CrashBudget::Kind> crash{};
};

/// False also for a crash that is as expected, since no record of its batch had to succeed: an earlier batch
/// may be the cause, and it says nothing of this one.
inline bool answers_as_expected(const FunctionRun& run) { return run.is_as_expected && !run.crash; }

/// The end of a function's log as a part of a message, in one line; empty when the log is empty.
std::string last_lines(std::string_view log);

/// The reason why the invocation has no response to be judged, with the end of the log; empty when it has
/// one.
std::string problem_of(const runtime_api::Invocation& invocation, std::string_view log);

/// A right run beside one that was changed, which the law `fresh` compares with it.
properties::Observation beside_changed(properties::Observation right, properties::Observation changed,
                                       std::string_view note);

/// The error of a run that violates a law; where its further run differs from it, the note that says so.
const std::string& last_error_of(const properties::Observation& seen) noexcept;

/// The runs of one function, in any of its processes. Each gives its records new identifiers, and the
/// observation has the case's own.
class FunctionRuns {
 public:
  /// `handled`: as in `SubjectOptions`. Throws `std::invalid_argument` for an invalid regular expression.
  FunctionRuns(const Function& function, const fixtures::ProcessorClaims& claims, const std::string& handled);
  FunctionRuns(const FunctionRuns&) = delete;
  FunctionRuns& operator=(const FunctionRuns&) = delete;

  const fixtures::ProcessorClaims& claims() const noexcept { return claims_; }

  /// The laws that each run is judged by.
  std::span<const properties::Law> laws() const;

  /// Whether the function was told the time that its answers are awaited.
  bool has_time_limit() const noexcept { return function_.time_limit.has_value(); }

  /// True when the observed calls are those that the claims demand, since the log shows none.
  bool calls_are_assumed() const noexcept { return !handled_; }

  Patience& patience() noexcept { return patience_; }
  const Patience& patience() const noexcept { return patience_; }

  /// The batch `count` times, each with other identifiers.
  std::vector<RenamedBatch> renamed(const fixtures::BatchCase& batch_case, std::size_t count);

  /// The batch with identifiers that no batch had, even if it has some to keep.
  RenamedBatch renamed_anew(const fixtures::BatchCase& batch_case);

  /// From now on a batch gets the identifiers of this one, when it has no other records.
  void keep_identifiers(const RenamedBatch& batch) { identifiers_.keep(batch); }

  /// Invokes the process with these batches at the same time, which differ only in their identifiers. Returns
  /// the first run that is not as expected, or else the last.
  FunctionRun in(runtime_api::FunctionProcess& process, const fixtures::BatchCase& batch_case,
                 std::string_view payload, const std::vector<RenamedBatch>& batches,
                 std::chrono::milliseconds limit);

  /// `in` a process that has had no other event, and is ended then.
  FunctionRun in_new_process(const fixtures::BatchCase& batch_case, std::string_view payload,
                             const std::vector<RenamedBatch>& batches, std::chrono::milliseconds limit);

  /// The run of the last of these batches, which a new process gets one after the other.
  FunctionRun last_in_new_process(std::span<const SentBatch> batches, const RenamedBatch& names);

  /// The run of a process that could not be started.
  static FunctionRun not_started(std::string error);

  /// How the process failed in an invocation with this limit; nothing when it answered.
  std::optional<CrashBudget::Kind> crash_of(runtime_api::InvocationEnd end,
                                            std::chrono::milliseconds limit) const noexcept;

  /// Why the laws about handling say little about this function: no log named a record that it got. Empty
  /// where one did, and where nothing was looked for.
  std::string note_on_logs() const;

  /// Counts the time of an invocation, for the limits of later ones.
  void note_time(std::optional<CrashBudget::Kind> crash, std::chrono::nanoseconds took) noexcept;

 private:
  properties::Observation observe(const fixtures::BatchCase& batch_case,
                                  const runtime_api::Invocation& invocation, std::string_view log,
                                  const RenamedBatch& batch, bool has_others_in_its_log,
                                  NewIdentifiers::Others others);
  void call_as_logged(RecordProbe& probe, std::string_view log, const RenamedBatch& batch,
                      const fixtures::BatchCase& batch_case, const std::string& answer,
                      bool has_others_in_its_log);

  Function function_;
  fixtures::ProcessorClaims claims_;
  std::optional<HandledInLog> handled_{};  // nothing when the log shows nothing
  NewIdentifiers identifiers_{};
  Patience patience_;

  // Of the logs of all batches with records, so that a useless expression is noted:
  bool has_logs_ = false;
  bool has_printed_ = false;
  std::string first_found_{};      // by the expression, whether it is an identifier or not
  bool has_found_record_ = false;  // an identifier
  bool has_objects_ = false;       // for identifiers
};

}  // namespace batchproof::blackbox
