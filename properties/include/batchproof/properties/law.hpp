#pragma once

#include <batchproof/fixtures/batch_case.hpp>
#include <batchproof/fixtures/processor_claims.hpp>
#include <batchproof/properties/observation.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// A law, and the lists of all laws:
//
//   for (const Law& law : processor_laws()) ids.push_back(law.id);

namespace batchproof::properties {

/// One way in which an observation violates a law, as a sentence that names the record.
using Violation = std::string;

/// The runs that a law is judged on.
enum class LawInput {
  batch,                  ///< a batch as AWS sends it
  batch_again,            ///< the same, and once more after another batch
  batch_in_part,          ///< the same, and again without one of its records
  batch_before_deadline,  ///< the same, in a function whose time is nearly over
  damaged_payload,    ///< a batch whose bytes were damaged; the case holds the records that can still be read
  process_of_its_own  ///< intact and damaged batches, handled in a child process that may crash
};

/// A law: a plain function of the case, the claims and the observation. It draws nothing at random
/// and keeps nothing, so that tests, tools and fuzzers share it. Each has a file of its own under `laws/`.
struct Law {
  std::string_view id;        ///< "nothing-lost"
  std::string_view sentence;  ///< the law in one sentence
  std::string_view aws_page;  ///< the title of the AWS page that it follows
  LawInput input = LawInput::batch;
  bool (*applies)(fixtures::Source source, const fixtures::ProcessorClaims& claims);

  /// True when the law is about this case, and the observation shows enough to judge it.
  bool (*judges)(const fixtures::BatchCase& batch_case, const Observation& observation);

  /// Empty when the law holds.
  std::vector<Violation> (*violations)(const fixtures::BatchCase& batch_case,
                                       const fixtures::ProcessorClaims& claims,
                                       const Observation& observation);

  /// If the same case also violates a law that compares runs, the report names that law instead, since it
  /// gives the cause.
  bool lower_priority_than_comparisons = false;
};

/// For `Law::applies` and `Law::judges`.
bool applies_always(fixtures::Source source, const fixtures::ProcessorClaims& claims);
bool judges_always(const fixtures::BatchCase& batch_case, const Observation& observation);
bool judges_further_runs(const fixtures::BatchCase& batch_case, const Observation& observation);

/// Every law of a processor that can be seen from outside, in the order of docs/laws.md.
std::span<const Law> processor_laws() noexcept;

/// The ids of the laws that cannot be seen from outside: reports show them as not applicable.
std::span<const std::string_view> laws_seen_from_inside() noexcept;

/// Every law of a record handler. Its cases hold payloads that the handler must accept or reject, by the
/// lists of `VerifyHandlerOptions`.
std::span<const Law> handler_laws() noexcept;

/// The processor law of this id; null when there is none.
const Law* find_law(std::string_view id) noexcept;

}  // namespace batchproof::properties
