#pragma once

// The result of `simulate`. GoogleTest prints it in full when a law is violated:
//
//     const SimulationReport report = simulate(subject, world);
//     EXPECT_TRUE(report);
//     EXPECT_EQ(report.broken_law(), "");

#include <batchproof/fixtures/assertable.hpp>
#include <batchproof/fixtures/shard.hpp>
#include <batchproof/simulator/finished_world.hpp>
#include <batchproof/simulator/laws.hpp>
#include <batchproof/simulator/world_law.hpp>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace batchproof::simulator {

/// The answer to one question about a simulation, with the text that EXPECT_TRUE prints.
class Verdict : public fixtures::Assertable<Verdict> {
 public:
  Verdict(bool passed, std::string text) : passed_(passed), text_(std::move(text)) {}

  bool passed() const noexcept { return passed_; }
  const std::string& text() const noexcept { return text_; }

 private:
  bool passed_;
  std::string text_;
};

using SimulationCounterexample = WorldCounterexample<FinishedWorld>;

/// The result of a simulation. EXPECT_TRUE prints it in full.
class [[nodiscard]] SimulationReport : public fixtures::Assertable<SimulationReport> {
 public:
  /// `finished` is the last of the worlds that were run. `only_law` is the one law that judged them; null:
  /// all did.
  SimulationReport(std::size_t worlds, FinishedWorld finished,
                   std::optional<SimulationCounterexample> counterexample, fixtures::Shard shard = {},
                   const EndToEndLaw* only_law = nullptr)
      : worlds_(worlds),
        finished_(std::move(finished)),
        counterexample_(std::move(counterexample)),
        shard_(shard),
        only_law_(only_law) {}

  /// True when at least one world was run and none violated a law.
  bool passed() const noexcept { return worlds_ > 0 && !counterexample_; }

  /// Passes unless a message was lost: it left its source, and no handler had returned for it. A message that
  /// is dead-lettered, expires by configuration or is delivered too often is not lost. Fails when no law
  /// about loss judged the worlds.
  Verdict expect_no_loss() const;

  /// The id of the law that was violated, such as "nothing-vanishes"; empty when none was.
  std::string_view broken_law() const noexcept {
    return counterexample_ ? counterexample_->law->id : std::string_view();
  }

  /// Null when no law was violated. Lives as long as the report.
  const SimulationCounterexample* counterexample() const noexcept {
    return counterexample_ ? &*counterexample_ : nullptr;
  }

  std::size_t worlds() const noexcept { return worlds_; }
  const FinishedWorld& finished() const noexcept { return finished_; }

  /// The part of all worlds that was run, when several machines share them.
  const fixtures::Shard& shard() const noexcept { return shard_; }

  /// For people: the law, its violations, the smallest world and its trace; one or two lines when every law
  /// held.
  std::string text() const;

 private:
  std::size_t worlds_;
  FinishedWorld finished_;
  std::optional<SimulationCounterexample> counterexample_;
  fixtures::Shard shard_;
  const EndToEndLaw* only_law_;
};

}  // namespace batchproof::simulator
