#pragma once

// The result of a verification in worlds of effects, with the smallest world that violates a law:
//
//   const effects::EffectReport report = bp::verify_idempotent<bp::SqsRecord>(handle_order, store);
//   if (!report.passed()) std::cerr << report.broken_law();

#include <batchproof/effects/effect_law.hpp>
#include <batchproof/fixtures/assertable.hpp>
#include <cstdint>
#include <string>
#include <string_view>

namespace batchproof::effects {

using EffectCounterexample = simulator::WorldCounterexample<FinishedEffectWorld>;

/// The result of a verification in worlds of effects. A value. EXPECT_TRUE prints it in full.
class [[nodiscard]] EffectReport : public fixtures::Assertable<EffectReport> {
 public:
  EffectReport(int worlds, std::uint64_t seed, std::string replay_command,
               EffectCounterexample counterexample);

  /// True when at least one world was run and none violated a law.
  bool passed() const noexcept { return worlds_ > 0 && counterexample_.law == nullptr; }

  /// The worlds that were run until the end or the first violation.
  int worlds() const noexcept { return worlds_; }

  std::uint64_t seed() const noexcept { return seed_; }

  /// The id of the law that was violated, such as "effect-once"; empty when none was.
  std::string_view broken_law() const noexcept {
    return counterexample_.law == nullptr ? std::string_view() : counterexample_.law->id;
  }

  /// Its law is null when none was violated. Mostly one message.
  const EffectCounterexample& counterexample() const noexcept { return counterexample_; }

  /// For people: the law, its violations, the smallest world, its trace and the command that repeats it; one
  /// line when every law held.
  std::string text() const;

 private:
  int worlds_;
  std::uint64_t seed_;
  std::string replay_command_;
  EffectCounterexample counterexample_;
};

}  // namespace batchproof::effects
