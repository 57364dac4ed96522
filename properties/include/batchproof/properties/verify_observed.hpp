#pragma once

#include <batchproof/fixtures/batch_case.hpp>
#include <batchproof/fixtures/processor_claims.hpp>
#include <batchproof/fixtures/source.hpp>
#include <batchproof/properties/law.hpp>
#include <batchproof/properties/observation.hpp>
#include <batchproof/properties/regressions.hpp>
#include <batchproof/properties/report.hpp>
#include <batchproof/properties/verify_laws.hpp>
#include <functional>
#include <span>
#include <string>
#include <vector>

// Verifies what cannot call a probe, and decides by payloads: a whole function, for example.

namespace batchproof::properties {

/// Runs what is under test on a case, and observes it. An exception that leaves it ends the verification.
using ObserveCase =
    std::function<Observation(const fixtures::BatchCase& batch_case, const std::string& payload)>;

/// The payloads of the records that are drawn, as in `VerifyHandlerOptions`. A record is rejected by the
/// pattern if its payload is from the second list. Each message of a FIFO queue has a group.
struct Payloads {
  std::vector<std::string> accepted{};
  std::vector<std::string> rejected{};
};

/// `verify_laws` on small and random batches of these payloads. `largest_batch` does not count. The laws
/// judge one run of each batch; one that needs further runs finds records there whose payload is not from
/// their list.
Report verify_observed(std::span<const Law> laws, fixtures::Source source, const ObserveCase& observe,
                       const fixtures::ProcessorClaims& claims, const Payloads& payloads,
                       const VerifySettings& settings = {});

/// Judges a saved case by the one of these laws that it violated. Throws `std::invalid_argument` when it is
/// not among them.
Report replay_observed(const SavedCase& saved, const ObserveCase& observe, std::span<const Law> laws);

}  // namespace batchproof::properties
