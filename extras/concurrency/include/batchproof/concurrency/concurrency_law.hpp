#pragma once

#include <batchproof/concurrency/concurrent_observation.hpp>
#include <batchproof/fixtures/batch_case.hpp>
#include <batchproof/fixtures/processor_claims.hpp>
#include <batchproof/properties/law.hpp>
#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace batchproof::properties {

/// A law of records that are handled together: a plain function of the case, the claims of the processor and
/// the observation. Each has a file of its own under `laws/`.
struct ConcurrencyLaw {
  std::string_view id;        ///< "in-key-order"
  std::string_view sentence;  ///< the law in one sentence
  std::string_view aws_page;  ///< the title of the AWS page that it follows; empty if no page states it

  /// Empty when the law holds.
  std::vector<Violation> (*violations)(const fixtures::BatchCase& batch_case,
                                       const fixtures::ProcessorClaims& claims, std::size_t max_concurrency,
                                       const ConcurrentObservation& observation);
};

std::span<const ConcurrencyLaw> concurrency_laws() noexcept;

}  // namespace batchproof::properties
