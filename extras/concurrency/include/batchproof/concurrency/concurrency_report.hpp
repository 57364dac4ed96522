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

namespace batchproof::properties {

/// A schedule that breaks a law, and the batch that it breaks it for: the smallest that was found.
struct BrokenSchedule {
  std::string law;  ///< its id; empty when none was broken
  std::string sentence{};
  fixtures::BatchCase batch_case{};
  fixtures::ProcessorClaims claims{};
  std::size_t max_concurrency = 0;
  std::vector<std::size_t> choices{};  ///< for `Turns`, which repeats the run
  std::vector<std::string> violations{};
  ConcurrentObservation observation{};
  int found_in = 0;  ///< the number of the schedule that broke it first, from 1
};

/// What `verify_concurrency` found. A value. EXPECT_TRUE prints it in full.
class ConcurrencyReport : public fixtures::Assertable<ConcurrencyReport> {
 public:
  ConcurrencyReport(int schedules, std::uint64_t seed, std::string replay_command, BrokenSchedule broken);

  /// True when at least one schedule was run and none broke a law.
  bool passed() const noexcept { return schedules_ > 0 && broken_.law.empty(); }

  /// The schedules that were run until the end or the first breach.
  int schedules() const noexcept { return schedules_; }

  std::uint64_t seed() const noexcept { return seed_; }

  /// The id of the law that was broken, such as "in-key-order"; empty when none was.
  std::string_view broken_law() const noexcept { return broken_.law; }

  /// Where a law is broken; an empty batch otherwise.
  const BrokenSchedule& counterexample() const noexcept { return broken_; }

  /// For people: the law, when each handler ran, what is wrong, the choices and the command that repeat it;
  /// one line when all is well.
  std::string text() const;

 private:
  int schedules_;
  std::uint64_t seed_;
  std::string replay_command_;
  BrokenSchedule broken_;
};

}  // namespace batchproof::properties
