#pragma once

#include <batchproof/fixtures/processor_claims.hpp>
#include <batchproof/fixtures/shard.hpp>
#include <batchproof/fixtures/source.hpp>
#include <batchproof/fixtures/subject.hpp>
#include <batchproof/properties/law.hpp>
#include <batchproof/properties/progress.hpp>
#include <batchproof/properties/report.hpp>
#include <batchproof/properties/settings.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>

namespace batchproof::properties {

/// The number of cases, the time budget and the seed of a verification.
struct VerifySettings {
  std::optional<int> cases{};                  ///< as in `VerifyProcessorOptions`
  std::optional<std::uint64_t> seed{};         ///< as in `VerifyProcessorOptions`
  std::optional<std::size_t> largest_batch{};  ///< as in `VerifyProcessorOptions`
  std::optional<std::chrono::milliseconds> small_cases_budget =
      std::chrono::milliseconds(0);  ///< as in `VerifyProcessorOptions`, but 0 by default
  std::string regressions{};         ///< as in `VerifyProcessorOptions`
  Progress progress{};
  std::string replay_command{};  ///< printed in the report; this program's own command line when empty

  /// As in `VerifyProcessorOptions`. Not set: on in `verify_laws`, off in `verify_processor`.
  std::optional<bool> hostile{};

  /// Judges the law `survives` in a child process, and a counterexample again in a fresh process: this
  /// program executed again, or a copy of it (fork). On in `verify_processor<Record>`.
  Processes processes = Processes::none;
  std::optional<std::chrono::milliseconds> time_limit{};  ///< as in `VerifyProcessorOptions`
  std::optional<fixtures::Shard> shard{};                 ///< as in `VerifyProcessorOptions`

  /// How long the subject has waited so far for what does not count against `small_cases_budget`, such as the
  /// start of a function. Empty: all time counts.
  std::function<std::chrono::nanoseconds()> time_not_counted{};

  /// Also draws fields that cannot be read, beside others that can, as in `generators::BatchOptions`: for the
  /// processors of this library, whose accessors fail one by one.
  bool odd_fields = false;

  /// What else all shards of a run must share, as text: for instance the fields that the subject adds to each
  /// record. A part of `Report::draws`.
  std::string same_in_shards{};

  /// Lets the next batch of the subject find nothing of earlier ones: the batches that a violation of `fresh`
  /// needs are then found. Empty for a subject that has no process of its own.
  std::function<void()> begin_anew{};
};

/// `verify_processor` with any selection of laws, for tools and for tests of the laws themselves:
/// `verify_laws({&nothing_lost, 1}, ...)` runs one law alone. A law that does not apply to the source and the
/// claims is "not applicable". Stops at the first violated law, and shrinks its case.
///
/// Throws `std::invalid_argument` for a negative number of cases and for environment variables that are not
/// numbers. One thread at a time.
Report verify_laws(std::span<const Law> laws, fixtures::Source source, const fixtures::Subject& subject,
                   const fixtures::ProcessorClaims& claims, const VerifySettings& settings = {});

}  // namespace batchproof::properties
