#pragma once

#include <batchproof/fixtures/batch_case.hpp>
#include <batchproof/fixtures/processor_claims.hpp>
#include <batchproof/properties/observation.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace batchproof::properties {

/// One way in which an observation breaks a law, as a sentence that names the record.
using Violation = std::string;

/// What a law is judged on.
enum class LawInput {
  batch,                  ///< a batch as AWS sends it
  batch_again,            ///< the same, and once more after another batch
  batch_in_part,          ///< the same, and again without one of its records
  batch_before_deadline,  ///< the same, in a function whose time is nearly over
  damaged_payload,        ///< a batch whose bytes were damaged on the way; the case is what can still be read
  process_of_its_own      ///< batches whole and damaged, handled where a crash ends nothing but that process
};

/// A law: a plain function of the case, the claims and what was observed. It draws nothing at random
/// and keeps nothing, so that tests, tools and fuzzers share it. Each has a file of its own under `laws/`.
struct Law {
  std::string_view id;        ///< "nothing-lost"
  std::string_view sentence;  ///< what it says, in one sentence
  std::string_view aws_page;  ///< the title of the AWS page that it follows
  LawInput input = LawInput::batch;
  bool (*applies)(fixtures::Source source, const fixtures::ProcessorClaims& claims);

  /// True when the case is one that the law is about, and the observation shows enough to be judged.
  bool (*judges)(const fixtures::BatchCase& batch_case, const Observation& observation);

  /// Empty when the law holds.
  std::vector<Violation> (*violations)(const fixtures::BatchCase& batch_case,
                                       const fixtures::ProcessorClaims& claims,
                                       const Observation& observation);

  /// A law of further runs that the same case breaks is named in its place, since it says why.
  bool yields_to_further_runs = false;
};

/// For `Law::applies` and `Law::judges`.
bool applies_always(fixtures::Source source, const fixtures::ProcessorClaims& claims);
bool judges_always(const fixtures::BatchCase& batch_case, const Observation& observation);
bool judges_further_runs(const fixtures::BatchCase& batch_case, const Observation& observation);

/// Every law of a processor that can be seen from outside, in the order of the design.
std::span<const Law> processor_laws() noexcept;

/// The ids of those that cannot: reports show them as not applicable.
std::span<const std::string_view> laws_seen_from_inside() noexcept;

/// Every law of a record handler. Its cases hold payloads that the handler must accept or reject, by the
/// lists that `verify_handler` was given.
std::span<const Law> handler_laws() noexcept;

/// The processor law of this id; null when there is none.
const Law* find_law(std::string_view id) noexcept;

}  // namespace batchproof::properties
