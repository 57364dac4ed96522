#pragma once

#include <batchproof/concurrency/concurrent_observation.hpp>
#include <batchproof/fixtures/assertable.hpp>
#include <batchproof/fixtures/batch_case.hpp>
#include <batchproof/fixtures/processor_claims.hpp>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

// The result of a verification under many schedules:
//
//   const ConcurrencyReport report = verify_concurrency<SqsRecord>(subject, {.max_concurrency = 4});
//   if (!report.passed()) std::cerr << report.text();

namespace batchproof::properties {

/// The smallest batch and schedule found that violate a law.
struct ConcurrencyCounterexample {
  std::string law;  ///< its id; empty when none was violated
  std::string sentence{};
  fixtures::BatchCase batch_case{};
  fixtures::ProcessorClaims claims{};
  std::size_t max_concurrency = 0;
  std::vector<std::size_t> choices{};  ///< for `Turns`, which repeats the run
  std::vector<std::string> violations{};
  ConcurrentObservation observation{};
  int found_in = 0;  ///< the number of the first schedule that violated it, from 1
};

/// The result of `verify_concurrency`. A value. EXPECT_TRUE prints it in full.
class ConcurrencyReport : public fixtures::Assertable<ConcurrencyReport> {
 public:
  ConcurrencyReport(int schedules, std::uint64_t seed, std::string replay_command,
                    ConcurrencyCounterexample counterexample);

  /// True when at least one schedule was run and none violated a law.
  bool passed() const noexcept { return schedules_ > 0 && counterexample_.law.empty(); }

  /// The schedules that were run until the end or the first violation.
  int schedules() const noexcept { return schedules_; }

  std::uint64_t seed() const noexcept { return seed_; }

  /// The id of the law that was violated, such as "in-key-order"; empty when none was.
  std::string_view broken_law() const noexcept { return counterexample_.law; }

  /// The smallest violation; its batch is empty when no law was violated.
  const ConcurrencyCounterexample& counterexample() const noexcept { return counterexample_; }

  /// For people: the law, when each handler ran, what is wrong, the choices and the command that repeat it;
  /// one line when every law held.
  std::string text() const;

 private:
  int schedules_;
  std::uint64_t seed_;
  std::string replay_command_;
  ConcurrencyCounterexample counterexample_;
};

}  // namespace batchproof::properties
