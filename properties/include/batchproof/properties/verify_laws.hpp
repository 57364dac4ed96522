#pragma once

#include <batchproof/fixtures/processor_claims.hpp>
#include <batchproof/fixtures/source.hpp>
#include <batchproof/fixtures/subject.hpp>
#include <batchproof/properties/law.hpp>
#include <batchproof/properties/progress.hpp>
#include <batchproof/properties/report.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace batchproof::properties {

/// How long to look, and where.
struct VerifySettings {
  std::optional<int> cases{};           ///< as in `VerifyProcessorOptions`
  std::optional<std::uint64_t> seed{};  ///< as in `VerifyProcessorOptions`
  std::size_t largest_batch = 12;       ///< records
  std::optional<std::chrono::milliseconds> small_cases_budget =
      std::chrono::milliseconds(0);  ///< as in `VerifyProcessorOptions`, but none unless asked for
  std::string regressions{};         ///< as in `VerifyProcessorOptions`
  Progress progress{};
  std::string replay_command{};  ///< what the report offers; this program's own command line when empty
};

/// `verify_processor` with any selection of laws, which tools and tests of the laws themselves need:
/// `verify_laws({&nothing_lost, 1}, ...)` runs one law alone. A law that does not apply to the source and the
/// claims is "not applicable". Stops at the first broken law, and shrinks its case.
///
/// Throws `std::invalid_argument` for a negative number of cases and for environment variables that are not
/// numbers. One thread at a time.
Report verify_laws(std::span<const Law> laws, fixtures::Source source, const fixtures::Subject& subject,
                   const fixtures::ProcessorClaims& claims, const VerifySettings& settings = {});

}  // namespace batchproof::properties
