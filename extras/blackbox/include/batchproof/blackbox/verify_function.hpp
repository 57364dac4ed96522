#pragma once

// Verifies a function of any language, started as Lambda starts it:
//
//   EXPECT_TRUE(bp::verify_function<bp::SqsRecord>({.command = {"node", "ric.mjs"}}, {.accepted = {"{}"}}));

#include <batchproof/fixtures/payloads.hpp>
#include <batchproof/fixtures/processor_claims.hpp>
#include <batchproof/fixtures/record_types.hpp>
#include <batchproof/fixtures/source.hpp>
#include <batchproof/properties/law.hpp>
#include <batchproof/properties/payloads.hpp>
#include <batchproof/properties/progress.hpp>
#include <batchproof/properties/report.hpp>
#include <batchproof/runtime_api/function.hpp>
#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace batchproof::inline v0_1 {

/// The claims of a function, the payloads that it must accept and reject, and how long to verify it.
struct VerifyFunctionOptions {
  bool fifo = false;                          ///< SQS: the queue is a FIFO queue
  bool skip_group_on_error = false;           ///< FIFO: a failure stops its own message group alone
  bool raise_on_entire_batch_failure = true;  ///< it may fail when every record failed
  bool reports_every_failure = false;         ///< streams: also those after its first failure
  bool stop_on_first_failure = false;         ///< nothing after the first failure is handled

  /// Payloads as in `VerifyHandlerOptions`, each in one list alone. Without a rejected payload only successes
  /// are judged.
  fixtures::PayloadList accepted{};
  fixtures::PayloadList rejected{};

  std::optional<int> cases{};           ///< random batches; as in `VerifyProcessorOptions`
  std::optional<std::uint64_t> seed{};  ///< as in `VerifyProcessorOptions`
  std::optional<std::chrono::milliseconds> small_cases_budget{};  ///< as in `VerifyProcessorOptions`
  std::string regressions{};                                      ///< as in `VerifyProcessorOptions`

  /// A regular expression of RE2 that finds in the log of an invocation the identifier of each record that
  /// the function handled: its first group, or the whole match, as in `handled (\S+)`. With it the laws about
  /// handling are judged too. Empty: laws are judged by the answer alone.
  std::string handled{};

  bool cold = false;  ///< a new process for each batch; the law `fresh` is then not judged

  /// Adds batches that AWS would not send, and damaged events and payloads. The law `survives` says that they
  /// must not end the process. All of them are valid JSON, since some runtimes end on other bytes.
  bool hostile = false;

  /// As in `VerifyHandlerOptions`. Without it a near miss of an accepted payload, alone in its batch, shows
  /// the verdict that it must get in each other batch.
  properties::Classify classify{};

  bool near_misses = true;  ///< as in `VerifyHandlerOptions`

  /// EventBridge Pipes invokes the function; as in `VerifyProcessorOptions`.
  bool pipe = false;

  std::optional<std::size_t> largest_batch{};  ///< as in `VerifyHandlerOptions`
  std::optional<fixtures::Shard> shard{};      ///< as in `VerifyProcessorOptions`
  std::string record_fields{};                 ///< as in `VerifyHandlerOptions`

  /// Streams and Kafka: the function keeps the records of a key in order, and may leave the later records of
  /// a key whose record failed. It must report those; as in `VerifyProcessorOptions`.
  bool order_by_key = false;
};

/// The process of a function never asked for its first invocation; `what()` is one line with the reason.
class FunctionNotStarted : public std::runtime_error {
 public:
  FunctionNotStarted(const std::string& why, std::string log)
      : std::runtime_error(why), log_(std::move(log)) {}

  /// The output of the function.
  const std::string& log() const noexcept { return log_; }

 private:
  std::string log_;
};

}  // namespace batchproof::inline v0_1

namespace batchproof::blackbox {

/// For `verify_function` of a source that is known at run time.
struct Verification {
  fixtures::Source source = fixtures::Source::sqs;
  properties::Progress progress{};
  std::string replay_command{};  ///< printed in the report; this program's own command line when empty
};

properties::Report verify_function(const Verification& verification, const Function& function,
                                   const VerifyFunctionOptions& options);

/// The claims among the options.
fixtures::ProcessorClaims claims_of(const VerifyFunctionOptions& options) noexcept;

/// The laws that a function is judged by, in the order in which they are judged; after them the laws that
/// cannot be judged from outside, which never apply. With `sees_handling` the laws about handling are judged
/// too; with `cold`, a new process for each batch, `fresh` is not.
std::span<const properties::Law> laws_of_functions(bool sees_handling, bool cold = false) noexcept;

}  // namespace batchproof::blackbox

namespace batchproof::inline v0_1 {

/// Starts the function, hands it small and random batches of these payloads and of near misses of them, and
/// judges its answers by the laws of a processor, as `verify_processor` does. The records of each batch have
/// identifiers that no batch had before, which look as AWS's do, so that an identifier of an earlier batch
/// shows in an answer.
///
/// A process serves batch after batch, as on Lambda. A crash, a time-out and a posted error count as a batch
/// that failed as a whole; a new process serves the next one. An answer that a new process would not give
/// violates `fresh`.
///
/// Throws `FunctionNotStarted`, and `std::invalid_argument` for lists that are empty or share a payload, for
/// an invalid regular expression, for a `.largest_batch` of 0 without `.hostile`, and for a function that
/// cannot be started. One thread at a time.
template <fixtures::AnyRecord Record>
properties::Report verify_function(const Function& function, const VerifyFunctionOptions& options) {
  return blackbox::verify_function({.source = fixtures::source_of<Record>(options.fifo, options.pipe)},
                                   function, options);
}

}  // namespace batchproof::inline v0_1
