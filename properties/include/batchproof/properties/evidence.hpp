#pragma once

// The input of a law: a case, the claims of the processor, its run, and everything derived from them.
//
//   const Evidence evidence(batch_case, claims, run);
//   nothing_lost.violations(evidence);

#include <batchproof/fixtures/batch_case.hpp>
#include <batchproof/fixtures/processor_claims.hpp>
#include <batchproof/properties/depends_on.hpp>
#include <batchproof/properties/observation.hpp>
#include <batchproof/properties/service_view.hpp>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace batchproof::properties {

/// The record that each call of the handler stands for: the n-th call with one identifier stands for the n-th
/// record with it, and a surplus call for the last one.
struct HandledRecords {
  std::vector<std::optional<std::size_t>>
      record_of_call;  ///< nothing: an identifier that is not in the batch
  std::vector<std::size_t> calls_of_record;
  std::vector<bool> done;  ///< its last call returned normally
};

/// The records of a payload that may be damaged, as far as they can be recognised. Some have identifiers,
/// others have none.
struct ReadableRecords {
  fixtures::BatchCase identified;  ///< only identifiers are known
  std::size_t unidentified = 0;
  bool from_elsewhere = false;  ///< a record is of another source, or the event is a tumbling window's
};

/// Nothing when the payload holds no object with a list of Records. All judges of the payload share it.
using MaybeReadable = std::shared_ptr<const std::optional<ReadableRecords>>;

/// Refers to the case, the claims and the run, which must outlive it. Everything else is computed once, when
/// a law first asks for it. One thread at a time.
class Evidence {
 public:
  /// `read`: the value of `readable`, if the payload was read before.
  Evidence(const fixtures::BatchCase& batch, const fixtures::ProcessorClaims& claimed,
           const Observation& observation, MaybeReadable read = {}) noexcept
      : batch_case(batch), claims(claimed), run(observation), readable_(std::move(read)) {}

  const fixtures::BatchCase& batch_case;
  const fixtures::ProcessorClaims& claims;
  const Observation& run;

  /// The answer as the service reads it.
  const ServiceView& view() const;

  const HandledRecords& handled() const;

  /// The expected outcome of each record, within the time limit of the run if it had one.
  const std::vector<ExpectedOutcome>& expected() const;

  /// The records that are handled in batch order, see `handling_orders`.
  const std::vector<std::size_t>& orders() const;

  /// Nothing when the payload holds no object with a list of Records. It is as tolerant as a processor may
  /// be: structure and UTF-8 must be right, but a number, literal or escape that nobody reads may be wrong.
  const std::optional<ReadableRecords>& readable() const;

  /// True when the service delivers the record again after this answer: on a queue each reported record, on a
  /// stream all from the lowest reported one on, everywhere all records of a batch that failed as a whole.
  bool comes_again(std::size_t index) const;

  /// The records that the service must deliver again if `not_done` were not done: on a queue they and the
  /// records with the same identifiers, on a stream all from the lowest of them on.
  std::vector<bool> due_again(const std::vector<bool>& not_done) const;

  /// The same for the records that are not expected to succeed.
  std::vector<bool> due_again() const;

  /// True when the handler was called for the record and last returned normally, or it comes again.
  bool is_accounted_for(std::size_t index) const;

  /// True when the processor answered; also when it threw and may: no record had to succeed, and it claims to
  /// raise then.
  bool answers_or_may_throw() const;

  /// The name of a record in violations: `record 2 ("m-2")`.
  std::string name_record(std::size_t index) const;

 private:
  mutable std::optional<ServiceView> view_;
  mutable std::optional<std::optional<std::string>> checkpoint_;
  mutable std::optional<HandledRecords> handled_;
  mutable std::optional<std::vector<ExpectedOutcome>> expected_;
  mutable std::optional<std::vector<std::size_t>> orders_;
  mutable MaybeReadable readable_;
};

}  // namespace batchproof::properties
