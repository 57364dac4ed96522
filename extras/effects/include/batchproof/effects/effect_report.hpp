#pragma once

// The result of a verification in worlds of effects, with the smallest world that violates a law:
//
//   const effects::EffectReport report = bp::verify_idempotent<bp::SqsRecord>(handle_order, store);
//   if (!report.passed()) std::cerr << report.broken_law();

#include <batchproof/effects/effect_world.hpp>
#include <batchproof/fixtures/assertable.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace batchproof::effects {

/// The smallest world found that violates a law.
struct EffectCounterexample {
  std::string law;  ///< its id; empty when none was violated
  std::string sentence{};
  EffectWorld found_in{};                 ///< the world in which the violation was seen first
  EffectWorld smallest{};                 ///< mostly one message
  std::vector<std::string> violations{};  ///< in the smallest world
  std::vector<std::string> trace{};       ///< of the smallest world, a JSON object a line
};

/// The result of a verification in worlds of effects. A value. EXPECT_TRUE prints it in full.
class EffectReport : public fixtures::Assertable<EffectReport> {
 public:
  EffectReport(int worlds, std::uint64_t seed, std::string replay_command,
               EffectCounterexample counterexample);

  /// True when at least one world was run and none violated a law.
  bool passed() const noexcept { return worlds_ > 0 && counterexample_.law.empty(); }

  /// The worlds that were run until the end or the first violation.
  int worlds() const noexcept { return worlds_; }

  std::uint64_t seed() const noexcept { return seed_; }

  /// The id of the law that was violated, such as "effect-once"; empty when none was.
  std::string_view broken_law() const noexcept { return counterexample_.law; }

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
