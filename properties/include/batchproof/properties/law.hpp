#pragma once

#include <batchproof/fixtures/law_named.hpp>
#include <batchproof/fixtures/processor_claims.hpp>
#include <batchproof/properties/evidence.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// A law, and the lists of all laws:
//
//   for (const Law& law : processor_laws()) ids.push_back(law.id);

namespace batchproof::properties {

/// One way in which a run violates a law, as a sentence that names the record.
using Violation = std::string;

/// For `Law::applies` and `Law::judges`.
bool applies_always(fixtures::Source source, const fixtures::ProcessorClaims& claims);
bool judges_always(const Evidence& evidence);
bool has_further_runs(const Evidence& evidence);

/// The runs of the subject that a law is judged on.
enum class Experiment {
  one_run,          ///< of a batch as AWS sends it
  again,            ///< the same, and once more after another batch
  in_part,          ///< the same, and again without one of its records
  before_deadline,  ///< the same, in a function whose time is nearly over
  damaged,          ///< of damaged bytes; the case holds the records that can still be read
  in_child          ///< of any case, in a child process that may end
};

/// A law: a plain function of the evidence. It draws nothing at random and keeps no state, so that tests,
/// tools and fuzzers can share it. Each has a file of its own under `laws/`.
struct Law {
  std::string_view id;        ///< "nothing-lost"
  std::string_view sentence;  ///< the law in one sentence
  std::string_view aws_page;  ///< the title of the AWS page that it follows
  Experiment experiment = Experiment::one_run;
  bool (*applies)(fixtures::Source source, const fixtures::ProcessorClaims& claims) = applies_always;

  /// True when the law is about this case, and the run shows enough to judge it.
  bool (*judges)(const Evidence& evidence) = judges_always;

  /// Empty when the law holds.
  std::vector<Violation> (*violations)(const Evidence& evidence) = nullptr;

  /// The answer that a report shows as expected; empty: the answer that the case requires.
  std::string_view expected{};

  /// If the same case also violates a law that compares runs, the report names that law instead, since it
  /// gives the cause.
  bool lower_priority_than_comparisons = false;

  bool needs_fields = false;  ///< it judges the fields that the handler saw
  bool needs_check = false;   ///< it judges the complaints of the user's own check
};

/// What the run violates of the law; empty also when the law is not about such a case or run.
std::vector<Violation> violations_of(const Law& law, const Evidence& evidence);

/// Every law of a processor that an observer can judge from outside, in the order of docs/laws.md.
std::span<const Law> processor_laws() noexcept;

/// The ids of the laws that cannot be judged from outside: reports show them as not applicable.
std::span<const std::string_view> laws_seen_from_inside() noexcept;

/// Every law of a record handler. Its cases hold payloads that the handler must accept or reject, by the
/// lists of `VerifyHandlerOptions`.
std::span<const Law> handler_laws() noexcept;

using fixtures::law_named;

}  // namespace batchproof::properties
