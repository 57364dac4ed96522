#pragma once

// A function in any language, tested against the laws; see `FunctionSubject`:
//
//   FunctionSubject subject(function, claims);
//   subject.start();

#include <batchproof/fixtures/batch_case.hpp>
#include <batchproof/fixtures/processor_claims.hpp>
#include <batchproof/properties/observation.hpp>
#include <batchproof/runtime_api/function.hpp>
#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace batchproof::blackbox {

/// How a subject runs its function.
struct SubjectOptions {
  std::string handled{};  ///< as in `VerifyFunctionOptions`
  bool cold = false;      ///< as in `VerifyFunctionOptions`
  bool hostile = true;    ///< false: a batch without records, which AWS does not send, is not sent
};

/// A function as the subject under test, for `verify_observed` and `replay_observed`:
///
///   FunctionSubject subject(function, claims);
///   subject.start();
///   subject(batch_case, batch_case.payload()).response;
///
/// It gives the records new identifiers, invokes the function, and puts the old ones back into the answer.
/// The observed calls are those of the records whose handling the log shows; without an expression for that,
/// those of the records that a function with these claims must handle. An invocation that failed is an error.
/// An answer that is not as expected is compared with that of a new process, and a crash is repeated at most
/// 12 times: use one subject for one search. Once an invocation ran into the time limit, later ones get less
/// time, five times that of the slowest answer; that an answer is late is judged by the whole limit. When a
/// case has no records and its payload is another event, the function gets that payload unchanged, if it is
/// JSON, and the only observation is whether the process ends. Copies share the process. One thread at a
/// time.
class FunctionSubject {
 public:
  /// Throws `std::invalid_argument` for an invalid regular expression, and what `FunctionProcess` throws.
  FunctionSubject(const Function& function, const fixtures::ProcessorClaims& claims,
                  const SubjectOptions& options = {});

  /// Starts a process. Throws `FunctionNotStarted`.
  void start();

  /// Ends the process, so that the next batch gets a new one.
  void end() noexcept;

  properties::Observation operator()(const fixtures::BatchCase& batch_case, const std::string& payload);

  /// Whether a new process answers as expected when the records of a counterexample get other identifiers
  /// than it had. False also where a larger batch that led to it was not right with others.
  bool is_right_with_others(const fixtures::BatchCase& batch_case, const std::string& payload);

  /// The time of all starts, and of the invocations that ran into the whole time limit.
  std::chrono::nanoseconds time_of_starts_and_time_outs() const noexcept;

  /// What a user must know of the process though it violates no law, a sentence each.
  std::vector<std::string> notes() const;

  /// That of `notes` which says why no log showed what the function handled; empty where one did, and where
  /// nothing was looked for. It holds of a few runs too.
  std::string note_on_handling() const;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace batchproof::blackbox
