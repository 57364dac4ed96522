#pragma once

// Judges one batch by the laws, for fuzzers and tools that make their own batches:
//
//   const auto violated = judge_batch(processor_laws(), subject, {}, batch);
//   if (violated) std::cerr << violated->text();

#include <batchproof/fixtures/batch_case.hpp>
#include <batchproof/fixtures/processor_claims.hpp>
#include <batchproof/fixtures/subject.hpp>
#include <batchproof/properties/law.hpp>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace batchproof::properties {

/// A law that a batch violates.
struct ViolatedLaw {
  const Law* law;
  std::vector<Violation> violations;
  std::string pattern;
  std::string payload;

  /// The first violation, the pattern and the payload, a line each.
  std::string text() const { return violations.front() + "\npattern " + pattern + "\n" + payload; }
};

/// The first law that the subject violates on this batch, with all runs that the laws need; nothing when all
/// hold.
std::optional<ViolatedLaw> judge_batch(std::span<const Law> laws, const fixtures::Subject& subject,
                                       const fixtures::ProcessorClaims& claims,
                                       const fixtures::BatchCase& batch);

/// The same for any bytes instead of an event, by the laws of damaged payloads. `pattern` decides which of
/// the recognisable records are rejected.
std::optional<ViolatedLaw> judge_payload(std::span<const Law> laws, const fixtures::Subject& subject,
                                         fixtures::Source source, const fixtures::ProcessorClaims& claims,
                                         std::string payload, std::size_t pattern);

}  // namespace batchproof::properties
