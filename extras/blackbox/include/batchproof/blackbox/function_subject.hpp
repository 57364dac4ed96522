#pragma once

#include <batchproof/fixtures/processor_claims.hpp>
#include <batchproof/fixtures/record_probe.hpp>
#include <batchproof/runtime_api/function.hpp>
#include <memory>
#include <string>
#include <string_view>

namespace batchproof::blackbox {

/// How a subject runs its function.
struct SubjectOptions {
  std::string handled{};  ///< as in `VerifyFunctionOptions`
  bool cold = false;      ///< as in `VerifyFunctionOptions`
};

/// A function as a subject under test, for `verify_laws`, `observe`, `simulate` and `replay_regression`:
///
///   FunctionSubject subject(function, claims);
///   subject.start();
///   observe(std::ref(subject), batch_case);
///
/// It gives the records new identifiers, invokes the function, and puts the old ones back into the answer. It
/// calls the probe for the records whose handling the log shows; without an expression for that, for those
/// that a function with these claims must handle. An invocation that failed throws `std::runtime_error` with
/// the reason. Copies share the process. One thread at a time.
class FunctionSubject {
 public:
  /// Throws `std::invalid_argument` for an expression that is none, and what `FunctionProcess` throws.
  FunctionSubject(const Function& function, const fixtures::ProcessorClaims& claims,
                  const SubjectOptions& options = {});

  /// Starts a process. Throws `FunctionNotStarted`.
  void start();

  std::string operator()(std::string_view payload, RecordProbe& probe);

  /// What the function printed in the last invocation.
  const std::string& log() const noexcept;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace batchproof::blackbox
