#pragma once

#include <batchproof/fixtures/batch_case.hpp>
#include <batchproof/fixtures/processor_claims.hpp>
#include <batchproof/fixtures/source.hpp>
#include <batchproof/properties/law.hpp>
#include <batchproof/properties/observation.hpp>
#include <batchproof/properties/payloads.hpp>
#include <batchproof/properties/regressions.hpp>
#include <batchproof/properties/report.hpp>
#include <batchproof/properties/verify_laws.hpp>
#include <functional>
#include <optional>
#include <span>
#include <string>

// Verifies a subject that cannot call a probe, and decides by payloads, such as a whole function.

namespace batchproof::properties {

/// Runs the subject under test on a case, and observes it. An exception that leaves it ends the verification.
using ObserveCase =
    std::function<Observation(const fixtures::BatchCase& batch_case, const std::string& payload)>;

/// `verify_laws` on small and random batches of these payloads, and on near misses of the accepted ones:
/// without `classify` each is run alone first, and must get that verdict in other batches. The laws judge one
/// run of each batch; one that needs further runs finds records there whose payload is not from their list.
///
/// Hostile input is off by default. It is batches that AWS would not send and, for the laws on damaged
/// events, bytes that are valid JSON; their case has no records.
Report verify_observed(std::span<const Law> laws, fixtures::Source source, const ObserveCase& observe,
                       const fixtures::ProcessorClaims& claims, const Payloads& payloads,
                       const VerifySettings& settings = {});

/// Runs the subject under test on a case, with handlers that take turns, and observes it with its timeline.
using ObserveSchedule = std::function<Observation(const fixtures::BatchCase& batch_case,
                                                  const std::string& payload, const TurnOrder& schedule)>;

/// `verify_laws` on random batches, each under a random schedule of its own: any batches, or those of these
/// payloads of a handler and of near misses of them, as above. A counterexample is shrunk together with its
/// schedule. The same seed finds it again. Throws `std::invalid_argument` for a payload in both lists.
Report verify_schedules(std::span<const Law> laws, fixtures::Source source, const ObserveSchedule& observe,
                        const fixtures::ProcessorClaims& claims, const VerifySettings& settings,
                        const std::optional<Payloads>& payloads = std::nullopt);

/// Judges a saved case by that one of these laws which it violated. Throws `std::invalid_argument` when the
/// law is not among them.
Report replay_observed(const SavedCase& saved, const ObserveCase& observe, std::span<const Law> laws);

}  // namespace batchproof::properties
