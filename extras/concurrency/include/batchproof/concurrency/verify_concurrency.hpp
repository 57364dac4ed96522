#pragma once

#include <batchproof/concurrency/concurrency_law.hpp>
#include <batchproof/concurrency/concurrency_report.hpp>
#include <batchproof/concurrency/concurrent_observation.hpp>
#include <batchproof/concurrency/concurrent_probe.hpp>
#include <batchproof/fixtures/batch_case.hpp>
#include <batchproof/fixtures/source.hpp>
#include <batchproof/fixtures/subject.hpp>
#include <batchproof/properties/verify.hpp>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace batchproof {

/// The claims of a processor of coroutine handlers, and how long to verify it.
struct VerifyConcurrencyOptions {
  bool fifo = false;                          ///< SQS: the queue is a FIFO queue
  bool skip_group_on_error = false;           ///< FIFO: a failure stops its own message group alone
  bool raise_on_entire_batch_failure = true;  ///< it throws when every record failed
  std::size_t max_concurrency = 4;            ///< how many handlers it runs together at most

  /// How many batches, each with a schedule of its own. Not set: BATCHPROOF_CASES, then BATCHPROOF_PROFILE,
  /// then 1,000.
  std::optional<int> schedules{};
  std::optional<std::uint64_t> seed{};  ///< drawn, and printed, when not set
};

namespace properties {

/// Runs the subject once, with these turns.
ConcurrentObservation observe_schedule(const AsyncSubject& subject, const fixtures::BatchCase& batch_case,
                                       Turns& turns);

/// `verify_concurrency` for a source that is known at run time, and any selection of laws.
ConcurrencyReport verify_concurrency_laws(std::span<const ConcurrencyLaw> laws, fixtures::Source source,
                                          const AsyncSubject& subject,
                                          const VerifyConcurrencyOptions& options);

}  // namespace properties

/// Checks a processor of coroutine handlers on random batches and random schedules: a seeded choice decides
/// which waiting handler continues, so that a race is found without threads, and found again. `subject` is a
/// processor, its handler being the probe:
///
///     [&](std::string_view payload, ConcurrentProbe& probe) -> boost::asio::awaitable<std::string> {
///       const auto event = decode<SqsRecord>(payload);
///       const auto batch = co_await processor.process(event, std::ref(probe));
///       co_return batch.to_json();
///     }
///
/// One thread at a time.
template <class Record>
properties::ConcurrencyReport verify_concurrency(const AsyncSubject& subject,
                                                 const VerifyConcurrencyOptions& options = {}) {
  return properties::verify_concurrency_laws(properties::concurrency_laws(),
                                             fixtures::source_of<Record>(options.fifo), subject, options);
}

}  // namespace batchproof
